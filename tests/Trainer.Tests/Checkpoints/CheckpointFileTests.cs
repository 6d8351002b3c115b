using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Tests.Training;

namespace Trainyard.Trainer.Tests.Checkpoints;

[Trait("Needs", "process")]
public sealed class CheckpointFileTests
{
    private static readonly ExperimentSpec Spec = TestSpecs.Read(TestSpecs.Xor).Spec!;

    [Fact]
    public void Write_EveryDtype_FollowsTheFormatAndReadsBack()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        (string Name, Tensor Tensor)[] tensors = Samples();

        CheckpointFile.Write(folder.File("a.safetensors"), Header(Spec), tensors);

        var content = CheckpointContent.Read(folder.File("a.safetensors"));
        Assert.Equal(
            [("bias", "F64"), ("conv1.weight", "F32"), ("dense1.weight", "BF16"), ("empty", "F32"), ("scalar", "F32"), ("sha256", "U8"), ("steps", "I64")],
            content.Select(entry => (entry.Key, entry.Value.Dtype)));
        var file = CheckpointFile.Open(folder.File("a.safetensors"));
        Assert.Equal(Spec.ToJson(), file.Header.Spec.ToJsonString(SpecJson.Options));
        (string Name, Tensor Tensor)[] targets = [.. tensors.Select(entry => (entry.Name, zeros_like(entry.Tensor)))];
        file.CopyTo(targets);
        Assert.All(targets.Zip(tensors), pair => Assert.True(pair.First.Tensor.Equals(pair.Second.Tensor), pair.First.Name));
    }

    [Fact]
    public async Task Write_EveryDtype_IsReadByPyTorchWithTheSameValues()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var tensors = Samples();
        CheckpointFile.Write(folder.File("a.safetensors"), Header(Spec), tensors);

        using var read = await ReadWithPyTorchAsync(folder.File("a.safetensors"));

        foreach (var (name, tensor) in tensors)
        {
            var entry = read.RootElement.GetProperty(name);
            Assert.Equal($"torch.{tensor.dtype.ToString().ToLowerInvariant()}", entry[0].GetString());
            Assert.Equal(tensor.shape, entry[1].EnumerateArray().Select(side => side.GetInt64()));
            var expected = MemoryMarshal.Cast<byte, double>(tensor.to_type(ScalarType.Float64).contiguous().bytes).ToArray();
            Assert.Equal(expected, entry[2].EnumerateArray().Select(value => value.GetDouble()));
        }
    }

    [Fact]
    public async Task CheckpointOfARun_HasTheWeightsUnderTheirParameterNamesInPyTorchToo()
    {
        using var folder = new TemporaryFolder();
        InProcessRun.Train(TestSpecs.Read(TestSpecs.Shapes(epochs: 1)), folder.File("run"), checkpoints: false);
        var path = CheckpointContent.Newest(folder);
        var names = CheckpointContent.Read(path).Keys;

        using var read = await ReadWithPyTorchAsync(path);

        Assert.Equal(names, read.RootElement.EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Contains("conv1.weight", names);
        Assert.Contains("output.bias", names);
        Assert.All(names.Where(name => name.StartsWith("optimizer.", StringComparison.Ordinal)), name => Assert.Contains(name[(name.IndexOf('.', 10) + 1)..], names));
        var weights = zeros(read.RootElement.GetProperty("conv1.weight")[1].EnumerateArray().Select(side => side.GetInt64()).ToArray());
        CheckpointFile.Open(path).CopyTo([("conv1.weight", weights)]);
        Assert.Equal(
            weights.data<float>().ToArray(), read.RootElement.GetProperty("conv1.weight")[2].EnumerateArray().Select(value => value.GetSingle()));
    }

    [Theory]
    [InlineData("b", 2L)]
    [InlineData("a", 3L)]
    public void CopyTo_OtherNameOrShape_ThrowsAndChangesNothing(string name, long size)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        CheckpointFile.Write(folder.File("a.safetensors"), Header(Spec), [("first", ones(2)), ("a", ones(2))]);
        var first = zeros(2);

        var exception = Assert.Throws<InvalidDataException>(() => CheckpointFile.Open(folder.File("a.safetensors")).CopyTo([("first", first), (name, zeros(size))]));

        Assert.Equal($"it does not hold {name} as F32 [{size}]", exception.Message);
        Assert.Equal(0, first.sum().item<float>());
    }

    [Theory]
    [InlineData("\"epochs\": 30", "\"epochs\": 60", true)]
    [InlineData("\"seed\": 3", "\"seed\": 4", false)]
    public void Fits_OtherSpec_OnlyWithAnotherNumberOfEpochs(string part, string other, bool fits) =>
        Assert.Equal(fits, Header(Spec).Fits(TestSpecs.Read(TestSpecs.Xor.Replace(part, other, StringComparison.Ordinal)).Spec!));

    private static CheckpointHeader Header(ExperimentSpec spec) => new() { Spec = CheckpointHeader.ToJson(spec), Threads = 2, Engine = "test", Cursor = Cursor.Start };

    // Channels last in memory, as filters are; values that lose bits in any other format.
    private static (string Name, Tensor Tensor)[] Samples() =>
    [
        ("conv1.weight", randn(4, 3, 3, 2).permute(0, 3, 1, 2)),
        ("dense1.weight", randn(3, 5).to_type(ScalarType.BFloat16)),
        ("steps", tensor(new[] { long.MaxValue - 1023, -1, 0 })),
        ("bias", tensor(new[] { 1.5, 0.1, -double.MaxValue })),
        ("scalar", tensor(0.1f)),
        ("empty", zeros(0, 4)),
    ];

    private static async Task<JsonDocument> ReadWithPyTorchAsync(string path)
    {
        using var python = Process.Start(
            new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Checkpoints/read_safetensors.py"), path])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
        var output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(python.ExitCode == 0, $"PyTorch is needed to check the file: apt-get install -y python3-torch ({await errors})");
        return JsonDocument.Parse(await output);
    }
}
