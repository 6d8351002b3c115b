using System.Text;
using Trainyard.Specs.Planning;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Training;

public sealed class LiveTensorTests
{
    public static TheoryData<string> Specs =>
    [
        TestSpecs.Shapes(epochs: 6),
        // Points: with a frame of the decision in every epoch.
        TestSpecs.Xor.Replace("\"epochs\": 30", "\"epochs\": 6", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Train_ManyEpochsObserved_KeepsNoTensorAlive(string spec)
    {
        using var folder = new TemporaryFolder();
        var reading = TestSpecs.Read(spec);
        Assert.NotNull(reading.Spec!.Training.Observe);
        using var stop = new StopSignal();
        using var counts = new CountingStream();
        var options = new TrainOptions { OutFolder = folder.Path, Threads = 2, CheckpointInterval = TimeSpan.Zero };
        var run = new TrainingRun(reading.Spec, reading.Plan!, options, new EventWriter(counts, TimeProvider.System), stop, TimeProvider.System);
        var parameters = ParametersOf(reading.Plan!);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;

        Assert.Equal(RunEnd.Finished, run.Run());

        Assert.Equal(6, counts.AtEpochEnd.Count);
        Assert.All(counts.AtEpochEnd.Skip(2), count => Assert.Equal(counts.AtEpochEnd[1], count));
        // TorchSharp 0.107 goes on counting a tensor after a Parameter has taken its handle.
        Assert.Equal(before + parameters, Tensor.TotalCount);
    }

    private static int ParametersOf(ModelPlan plan)
    {
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        return network.parameters().Count();
    }

    /// <summary>Counts live tensors each time that an epoch event is written.</summary>
    private sealed class CountingStream : MemoryStream
    {
        public List<long> AtEpochEnd { get; } = [];

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Encoding.UTF8.GetString(buffer).Contains("\"type\":\"epoch\"", StringComparison.Ordinal))
            {
                AtEpochEnd.Add(Tensor.TotalCount);
            }
        }
    }
}
