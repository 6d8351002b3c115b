using System.Text;
using System.Text.Json;
using Trainyard.Service.Compare;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Validation;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Tests.Compare;

public sealed class ComparerTests
{
    [Fact]
    public void Differences_OfTwoOptimizers_AreWhatDiffersAndNothingElse()
    {
        var comparison = Comparer.Compare([Run("momentum", name: "first"), Run("sgd", seed: 2, name: "second")]);

        Assert.Equal(
            [
                ("/seed", "seed", true, "1, 2"),
                ("/training/optimizer/name", "optimizer", false, "momentum, sgd"),
                ("/training/optimizer/form", "optimizer form", false, "heavy_ball, "),
                ("/training/optimizer/learningRate", "optimizer learning rate", false, "0.05, 0.1"),
                ("/training/optimizer/momentum", "optimizer momentum", false, "0.9, "),
            ],
            comparison.Differences.Select(difference =>
                (difference.Pointer, difference.Label, difference.Replicate, string.Join(", ", difference.Values.Values.Select(value => $"{value}")))));
    }

    [Theory]
    [InlineData("/seed", "seed")]
    [InlineData("/training/batchSize", "batch size")]
    [InlineData("/training/optimizer/name", "optimizer")]
    [InlineData("/training/optimizer/learningRate", "optimizer learning rate")]
    [InlineData("/model/kind", "model")]
    [InlineData("/model/blocks/0/filters", "block 1 filters")]
    [InlineData("/model/blocks/*/filters", "block filters")]
    [InlineData("/model/dense/1", "dense 2")]
    [InlineData("/model/layers/2/kind", "layer 3")]
    [InlineData("/model/batchNorm/position", "batch norm position")]
    public void Label_OfAPlace_IsInWords(string pointer, string words) => Assert.Equal(words, SpecLabels.For(pointer));

    [Fact]
    public void Groups_RunsEqualButForTheSeed_AreTogether()
    {
        var runs = (ComparisonInput[])[Run("adam", 1), Run("sgd", 1), Run("adam", 2, name: "other name"), Run("sgd", 2)];

        var comparison = Comparer.Compare(runs);

        Assert.Equal(["Adam", "SGD"], comparison.Groups.Select(group => group.Label));
        Assert.Equal([runs[0].Run.Id, runs[2].Run.Id], comparison.Groups[0].Runs);
        Assert.Equal(comparison.Groups[0].Key, Comparer.Compare([runs[3], runs[2]]).Groups[1].Key);
    }

    [Fact]
    public void Groups_OneOptimizerWithTwoRates_LabelsContainTheRate()
    {
        var comparison = Comparer.Compare([Run("sgd", rate: 0.1), Run("sgd", rate: 0.01), Run("adam")]);

        Assert.Equal(["SGD, optimizer learning rate 0.1", "SGD, optimizer learning rate 0.01", "Adam"], comparison.Groups.Select(group => group.Label));
    }

    [Fact]
    public void Groups_OfSeedsOnly_AreOneWithoutAWarning()
    {
        var comparison = Comparer.Compare([Run(seed: 1), Run(seed: 2), Run(seed: 3)]);

        Assert.Equal("same settings", Assert.Single(comparison.Groups).Label);
        Assert.Equal("/seed", Assert.Single(comparison.Differences).Pointer);
        Assert.Empty(comparison.Comparability);
    }

    [Fact]
    public void Metrics_PerGroup_AreMeanAndSampleDeviationOfTheBest()
    {
        var comparison = Comparer.Compare([Run("adam", 1, best: 0.8, latest: 0.1), Run("adam", 2, best: 0.9), Run("adam", 3, best: null), Run("sgd", 1, best: 0.7)]);

        var metric = Assert.Single(comparison.Metrics);
        Assert.Equal((MetricNames.ValidationAccuracy, MetricGoal.Maximize), (metric.Metric, metric.Goal));
        Assert.Equal([0.8, 0.9, null, 0.7], metric.PerRun.Select(score => score.Best));
        Assert.Equal(0.1, metric.PerRun[0].Latest);
        var (adam, sgd) = (metric.PerGroup[0], metric.PerGroup[1]);
        Assert.Equal((2, 0.8, 0.9), (adam.N, adam.Min, adam.Max));
        Assert.Equal(0.85, adam.Mean, 12);
        Assert.Equal(0.1 / Math.Sqrt(2), adam.Std!.Value, 12);
        Assert.Equal((1, 0.7, null), (sgd.N, sgd.Mean, sgd.Std));
    }

    [Fact]
    public void Bands_OfAGroup_CountRunsThatHaveAFiniteValue()
    {
        var comparison = Comparer.Compare([Run(seed: 1, curve: [0.25, 0.5, 0.75]), Run(seed: 2, curve: [0.75, null]), Run("sgd", curve: [0.5])]);

        var band = Assert.Single(comparison.Bands);
        Assert.Equal([(1, 0.5, 2), (2, 0.5, 1), (3, 0.75, 1)], band.Points.Select(point => (point.Epoch, point.Mean, point.N)));
        Assert.Equal(0.5 - (0.25 * Math.Sqrt(2)), band.Points[0].Low, 12);
        Assert.Equal(0.5 + (0.25 * Math.Sqrt(2)), band.Points[0].High, 12);
        Assert.Equal((0.5, 0.5), (band.Points[1].Low, band.Points[1].High));
        Assert.Equal(3, comparison.Curves.Count);
    }

    [Fact]
    public void Bands_OfAnAccuracy_StayWithinZeroAndOne()
    {
        var comparison = Comparer.Compare([Run(seed: 1, curve: [1, 0.1]), Run(seed: 2, curve: [0.9, 0]), Run(seed: 3, curve: [1, 0])]);

        var points = Assert.Single(comparison.Bands).Points;
        Assert.Equal((1, 0), (points[0].High, points[1].Low));
    }

    [Fact]
    public void Comparability_OneCauseAtATime_IsNotConfounded()
    {
        // A grid: each factor has two runs that differ in nothing else.
        var comparison = Comparer.Compare([Run("adam", batch: 10), Run("sgd", batch: 10), Run("adam", batch: 20), Run("sgd", batch: 20)]);

        Assert.DoesNotContain(comparison.Comparability, note => note.Severity != DiagnosisSeverity.Info);
    }

    [Fact]
    public void Comparability_TwoCausesAtOnce_IsConfoundedOnceForBoth()
    {
        var comparison = Comparer.Compare([Run("adam", batch: 10), Run("sgd", batch: 20)]);

        var note = Assert.Single(comparison.Comparability, note => note.Severity == DiagnosisSeverity.Warning);
        Assert.StartsWith("Confounded: runs that differ in batch size also differ in optimizer.", note.Message, StringComparison.Ordinal);
        Assert.Contains("/training/optimizer/name", note.Pointers);
        Assert.Contains("/training/batchSize", note.Pointers);
    }

    [Fact]
    public void Comparability_OptimizerWithItsOwnRate_IsOneCause() =>
        Assert.DoesNotContain(Comparer.Compare([Run("adam"), Run("sgd")]).Comparability, note => note.Severity != DiagnosisSeverity.Info);

    [Fact]
    public void Comparability_ConfoundedWithVaryingFactors_JoinsThemWithOr()
    {
        var comparison = Comparer.Compare([Run("adam"), Run("sgd", batch: 20), Run("momentum", activation: "tanh")]);

        Assert.Contains(
            comparison.Comparability,
            note => note.Message.Contains("runs that differ in optimizer also differ in activation or batch size", StringComparison.Ordinal));
    }

    [Fact]
    public void Comparability_OtherData_ComesFirst()
    {
        var comparison = Comparer.Compare([Run(noise: 0.1, batch: 10), Run(noise: 0.3, batch: 20)]);

        Assert.Equal(DiagnosisSeverity.Problem, comparison.Comparability[0].Severity);
        Assert.Equal(["/data/dataset/noise"], comparison.Comparability[0].Pointers);
        Assert.StartsWith("Not comparable", comparison.Comparability[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparability_SameDatasetWithOtherFiles_IsAProblem()
    {
        var read = Comparer.Compare([Run(seed: 1, fingerprint: "a", dataset: "fashion-mnist"), Run(seed: 2, fingerprint: "b", dataset: "fashion-mnist")]).Comparability[0];
        Assert.Contains("2 fingerprints", read.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosisSeverity.Problem, read.Severity);
        Assert.Contains("2 fingerprints", Comparer.Compare([Run(seed: 1, fingerprint: "a"), Run(seed: 1, fingerprint: "b")]).Comparability[0].Message, StringComparison.Ordinal);
        Assert.Empty(Comparer.Compare([Run(seed: 1, fingerprint: "a"), Run(seed: 2, fingerprint: null)]).Comparability);
    }

    [Fact]
    public void Comparability_GeneratedWithAnotherDataSeed_IsOtherData()
    {
        var note = Comparer.Compare([Run(dataSeed: 1, fingerprint: "a"), Run(dataSeed: 2, fingerprint: "b")]).Comparability[0];

        Assert.Equal((ComparabilityCode.OtherData, DiagnosisSeverity.Problem), (note.Code, note.Severity));
        Assert.Equal(["/data/seed"], note.Pointers);
    }

    [Fact]
    public void Comparability_FilesSplitWithAnotherDataSeed_IsOtherSplit()
    {
        var comparison = Comparer.Compare([Run(dataSeed: 1, dataset: "fashion-mnist", fingerprint: "a"), Run(dataSeed: 2, dataset: "fashion-mnist", fingerprint: "a")]);

        Assert.Equal(ComparabilityCode.OtherSplit, comparison.Comparability[0].Code);
        Assert.Equal(2, comparison.Groups.Count);
    }

    [Fact]
    public void Comparability_OtherSplit_IsAProblem() =>
        Assert.Equal(["/data/validationFraction"], Comparer.Compare([Run(), Run(fraction: 0.2)]).Comparability[0].Pointers);

    [Fact]
    public void Comparability_UnfinishedRuns_AreNamed() => Assert.Contains(
        Comparer.Compare([Run(seed: 1), Run(seed: 2, name: "slow one", state: RunState.Running)]).Comparability,
        note => note.Message.StartsWith("slow one is unfinished", StringComparison.Ordinal));

    [Fact]
    public void Comparability_ForkThatStartedFromWeights_IsNamed()
    {
        var parent = Guid.CreateVersion7();

        var note = Assert.Single(Comparer.Compare([Run(seed: 1), Run(seed: 2, name: "fork", from: (parent, 3))]).Comparability);

        Assert.Equal((ComparabilityCode.ParentWeights, DiagnosisSeverity.Warning), (note.Code, note.Severity));
        Assert.StartsWith("fork started from the weights of its parent run", note.Message, StringComparison.Ordinal);
        Assert.Equal("""["fork"]""", note.Arguments["names"].GetRawText());
        Assert.Equal(0, note.Arguments["more"].GetInt32());
    }

    [Theory]
    [InlineData(3, DiagnosisSeverity.Info)]
    [InlineData(4, DiagnosisSeverity.Warning)]
    public void Comparability_AllStartedFromWeights_IsAWarningUnlessTheyAreTheSame(int epoch, DiagnosisSeverity severity)
    {
        var parent = Guid.CreateVersion7();

        var note = Assert.Single(Comparer.Compare([Run(seed: 1, from: (parent, 3)), Run(seed: 2, from: (parent, epoch))]).Comparability);

        Assert.Equal((ComparabilityCode.ParentWeights, severity), (note.Code, note.Severity));
    }

    [Fact]
    public void Comparability_MixedCauses_AreTheArgumentsOfTheCode()
    {
        var comparison = Comparer.Compare([Run("adam"), Run("sgd", batch: 20), Run("momentum", activation: "tanh")]);

        var note = comparison.Comparability.First(note => note.Code == ComparabilityCode.Confounded && note.Arguments["join"].GetString() == "or");
        Assert.Equal("/training/optimizer", note.Arguments["factor"].GetString());
        Assert.Equal("""["/model/activation","/training/batchSize"]""", note.Arguments["others"].GetRawText());
        var seeds = Assert.Single(comparison.Comparability, note => note.Code == ComparabilityCode.SingleSeed);
        Assert.Equal((3, 3), (seeds.Arguments["single"].GetInt32(), seeds.Arguments["settings"].GetInt32()));
    }

    [Fact]
    public void Comparability_ManyUnfinished_NamesThreeAndCountsTheRest()
    {
        var runs = Enumerable.Range(1, 5).Select(seed => Run(seed: seed, name: $"run {seed}", state: RunState.Running)).ToList();

        var note = Assert.Single(Comparer.Compare(runs).Comparability);

        Assert.Equal(ComparabilityCode.Unfinished, note.Code);
        Assert.StartsWith("run 1, run 2, run 3 and 2 more are unfinished", note.Message, StringComparison.Ordinal);
        Assert.Equal(runs.Select(run => run.Run.Id), note.Arguments["runs"].EnumerateArray().Select(id => id.GetGuid()));
        Assert.Equal((3, 2), (note.Arguments["names"].GetArrayLength(), note.Arguments["more"].GetInt32()));
    }

    [Fact]
    public void Groups_Label_IsMadeOfItsParts()
    {
        var comparison = Comparer.Compare([Run("sgd", rate: 0.1), Run("sgd", rate: 0.01, limit: 5), Run("adam", dataset: "fashion-mnist")]);

        Assert.Equal(
            [(LabelPartCode.Technique, "/training/optimizer/name", "sgd"), (LabelPartCode.Value, "/training/optimizer/learningRate", "0.1")],
            comparison.Groups[0].Parts.Where(part => part.Pointer.StartsWith("/training", StringComparison.Ordinal)).Select(part => (part.Code, part.Pointer, $"{part.Value}")));
        Assert.All(comparison.Groups, group => Assert.Equal(group.Label, string.Join(", ", group.Parts.Select(part => part.Text))));
        Assert.Empty(Assert.Single(Comparer.Compare([Run(seed: 1), Run(seed: 2)]).Groups).Parts);
    }

    [Fact]
    public void Groups_PartWithoutAValueOrInTooManyPlaces_HasACodeOfItsOwn()
    {
        var none = new LabelPart { Code = LabelPartCode.None, Pointer = "/data/trainLimit", Value = null };
        var variant = new LabelPart { Code = LabelPartCode.Variant, Pointer = Factor.Architecture, Value = "B" };

        Assert.Equal(("no train limit", "architecture B"), (none.Text, variant.Text));
    }

    [Fact]
    public void Groups_ParametersWithoutInfluence_AreIgnored()
    {
        var comparison = Comparer.Compare([Run(), Run(seed: 2, limit: 100)]);

        Assert.Single(comparison.Groups);
        Assert.Contains(comparison.Differences, difference => difference.Pointer == "/training/timeLimitSeconds");
    }

    [Fact]
    public void Csv_TextInput_IsQuotedAndNeverAFormula()
    {
        var csv = ComparisonCsv.Write(Comparer.Compare([Run("adam", name: "=1+1, \"really\"", best: 0.5), Run("adam", seed: 2)])).Split("\r\n");

        Assert.Equal("\uFEFFrun,name,experiment,state,group,/seed,validation_accuracy_best,validation_accuracy_best_epoch", csv[0]);
        Assert.EndsWith(",\"'=1+1, \"\"really\"\"\",default,succeeded,same settings,1,0.5,2", csv[1], StringComparison.Ordinal);
        Assert.EndsWith(",default,succeeded,same settings,2,,", csv[2], StringComparison.Ordinal);
        Assert.Equal("", csv[3]);
    }

    private static ComparisonInput Run(
        string optimizer = "adam",
        int seed = 1,
        double? rate = null,
        int batch = 10,
        string activation = "relu",
        double noise = 0.1,
        double fraction = 0.1,
        double? limit = null,
        string name = "run",
        double? best = double.NaN,
        double? latest = null,
        double?[]? curve = null,
        string? fingerprint = null,
        string dataset = "xor",
        int dataSeed = 1,
        (Guid Parent, int? Epoch)? from = null,
        RunState state = RunState.Succeeded)
    {
        var reading = SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(new
        {
            name,
            seed,
            data = new { dataset = dataset == "xor" ? new { name = dataset, noise } : (object)dataset, validationFraction = fraction, seed = dataSeed },
            model = new { kind = "mlp", activation },
            training = new { batchSize = batch, optimizer = rate is null ? (object)optimizer : new { name = optimizer, learningRate = rate }, timeLimitSeconds = limit },
        }));
        Assert.True(reading.IsValid, JsonSerializer.Serialize(reading.Findings));
        var id = Guid.CreateVersion7();
        var summary = new RunSummary
        {
            Id = id, Name = name, Experiment = "default", State = state, Queue = "cpu", Seed = seed, Dataset = "xor", Model = "mlp", Optimizer = optimizer,
            CreatedAt = default, CreatedBy = null, UpdatedAt = default, StartedAt = null, FinishedAt = null, Attempt = 1, Worker = null, CancelRequested = false, Failure = null,
            Epochs = 3, Epoch = 3, Step = 0, TotalSteps = 0, TrainLoss = null, TrainAccuracy = null, ValidationLoss = null, ValidationAccuracy = latest,
            BestValidationAccuracy = best, BestEpoch = 2, ImagesPerSecond = null, ElapsedSeconds = null, RemainingSeconds = null, LastSeq = 1,
            ParentId = null, StudyId = null, Trial = null, Tags = [], LearningRate = rate, Trend = [], ArchivedAt = null,
            Diagnosis = new RunDiagnosis { Problems = 0, Warnings = 0, Infos = 0, Rules = [] },
        };
        return new ComparisonInput
        {
            Run = new ComparedRun(summary, 0),
            Spec = new FlatSpec(JsonDocument.Parse(Encoding.UTF8.GetBytes(reading.Spec.ToJson())).RootElement),
            DataFingerprint = fingerprint,
            StartedFrom = from,
            Metrics = best is double.NaN
                ? []
                : [new MetricSummary { RunId = id, Metric = MetricNames.ValidationAccuracy, Best = best, BestEpoch = best is null ? null : 2, Latest = latest }],
            Curves = curve is null
                ? []
                : [new Curve(id, MetricNames.ValidationAccuracy, [.. curve.Select((value, index) => new MetricValue
                    {
                        Epoch = index + 1, Step = index + 1, Value = value, Seconds = null, Min = null, Max = null,
                    })])],
        };
    }
}
