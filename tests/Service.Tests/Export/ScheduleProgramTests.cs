using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trainyard.Service.Export;

namespace Trainyard.Service.Tests.Export;

/// <summary>The learning-rate schedules of exported programs, against the factors of PyTorch's schedulers (tests/Specs.Tests/Schedules/schedules.py).</summary>
[Trait("Needs", "process")]
public sealed partial class ScheduleProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private readonly IReadOnlyList<(int Epochs, int StepsPerEpoch, ExportedRun Run, double[] Factors)> edges =
    [
        .. JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "Specs.Tests", "Schedules", "schedules.json")))!["edges"]!.AsArray()
            .Select(edge => (Epochs: edge!["epochs"]!.GetValue<int>(), StepsPerEpoch: edge["stepsPerEpoch"]!.GetValue<int>(), Edge: edge))
            // A constant factor is not written.
            .Where(edge => edge.Edge["schedule"] is not { } schedule || (string?)schedule["name"] != "constant" || (double)schedule["warmup"]! > 0)
            .Select(edge => (
                edge.Epochs, edge.StepsPerEpoch,
                ProgramSpecs.Run(new JsonObject
                {
                    ["data"] = new JsonObject { ["dataset"] = "xor" },
                    ["model"] = new JsonObject { ["kind"] = "mlp" },
                    ["training"] = new JsonObject { ["epochs"] = edge.Epochs, ["schedule"] = edge.Edge["schedule"]!.DeepClone() },
                }),
                edge.Edge["factors"].Deserialize<double[]>()!)),
    ];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Pytorch_FactorAtEveryEdge_IsThatOfPyTorch()
    {
        var script = new StringBuilder("import math\n");
        foreach (var (_, stepsPerEpoch, run, factors) in edges)
        {
            var program = ProgramWriter.Pytorch(run);
            script.Append(CultureInfo.InvariantCulture, $"train, batch_size = range({stepsPerEpoch}), 1\n")
                .AppendJoin('\n', PythonConstant().Matches(program).Select(match => match.Value)).Append('\n')
                .AppendJoin('\n', PythonFunction().Matches(program).Select(match => match.Value))
                .Append(CultureInfo.InvariantCulture, $"\nprint(*[repr(factor(step)) for step in range({factors.Length})])\n");
        }

        AssertFactors(await ProgramTools.SucceedAsync("/usr/bin/python3", [folder.Write("factors.py", script.ToString())]));
    }

    [Fact]
    public async Task TorchSharp_FactorAtEveryEdge_IsThatOfPyTorch()
    {
        var programs = edges.Select(edge =>
        {
            var program = ProgramWriter.TorchSharp(edge.Run);
            return new StringBuilder("using System.Globalization;\n")
                .Append(CultureInfo.InvariantCulture, $"var stepsPerEpoch = {edge.StepsPerEpoch}L;\n")
                .AppendJoin('\n', CsharpConstant().Matches(program).Select(match => match.Value)).Append('\n')
                .AppendJoin('\n', CsharpFunction().Matches(program).Select(match => match.Value))
                .Append(CultureInfo.InvariantCulture, $"\nConsole.WriteLine(string.Join(' ', Enumerable.Range(0, {edge.Factors.Length}).Select(step => Factor(step).ToString(\"R\", CultureInfo.InvariantCulture))));\n")
                .Append("_ = totalSteps; _ = stepsPerEpoch;")
                .ToString();
        });

        var printed = await ProgramTools.RunTorchSharpAsync(await ProgramTools.CompileTorchSharpAsync(folder.Path, [.. programs]));

        AssertFactors(string.Join('\n', printed.Select(part => part.Trim().Split('\n')[^1])));
    }

    private void AssertFactors(string printed)
    {
        var lines = printed.Trim().Split('\n');
        Assert.Equal(edges.Count, lines.Length);
        Assert.All(edges.Zip(lines), pair =>
        {
            var found = pair.Second.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(pair.First.Factors.Length, found.Length);
            Assert.All(
                pair.First.Factors.Zip(found),
                factors => Assert.True(Math.Abs(factors.First - factors.Second) < 1e-7, $"{pair.First.Run.Spec.Training.Schedule}: expected {factors.First}, got {factors.Second}"));
        });
    }

    [GeneratedRegex("^(EPOCHS|STEPS_PER_EPOCH|TOTAL_STEPS|WARMUP|STEPS) = .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex PythonConstant();

    [GeneratedRegex(@"^def (factor|cosine)\(.*\n(    .*\n)+", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex PythonFunction();

    [GeneratedRegex("^(const int Epochs|var totalSteps|var warmup) = .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CsharpConstant();

    [GeneratedRegex(@"^double (Factor\(.*\n\{\n(    .*\n|\n)+\}|Cosine\(.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CsharpFunction();
}
