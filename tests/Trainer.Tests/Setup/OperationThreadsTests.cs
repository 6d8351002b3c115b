using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Tests.Setup;

public sealed class OperationThreadsTests
{
    [Theory]
    [InlineData("xor", """{ "kind": "mlp", "dense": [8] }""", 32, 1)]
    [InlineData("moons", """{ "kind": "mlp", "dense": [256, 256] }""", 32, 1)]
    [InlineData("moons", """{ "kind": "mlp", "dense": [256, 256] }""", 128, 4)]
    [InlineData("fashion-mnist", """{ "kind": "preset", "preset": "mlp-5x100" }""", 100, 4)]
    [InlineData("fashion-mnist", """{ "kind": "cnn", "blocks": [{ "filters": 4 }] }""", 1, 4)]
    public void Decide_ByTheWorkOfAnUpdate_TakesOneThreadOrAll(string dataset, string model, int batchSize, int threads)
    {
        var reading = TestSpecs.Read($$"""{ "data": { "dataset": "{{dataset}}" }, "model": {{model}}, "training": { "batchSize": {{batchSize}} } }""");
        Assert.Equal(threads, OperationThreads.Decide(reading.Spec!, reading.Plan!, most: 4));
        Assert.Equal(1, OperationThreads.Decide(reading.Spec!, reading.Plan!, most: 1));
    }

    [Fact]
    public void Decide_OnAGpu_LeavesTheProcessorsThreads()
    {
        var reading = TestSpecs.Read("""{ "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [8] }, "training": { "device": "cuda" } }""");
        Assert.Equal(4, OperationThreads.Decide(reading.Spec!, reading.Plan!, most: 4));
    }
}
