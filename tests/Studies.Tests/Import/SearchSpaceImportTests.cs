using Trainyard.Specs.Spec;
using Trainyard.Studies.Import;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;

namespace Trainyard.Studies.Tests.Import;

public sealed class SearchSpaceImportTests
{
    private const string Sweep = """
        program: train.py
        method: bayes
        run_cap: 40
        metric: { name: val_accuracy, goal: maximize }
        early_terminate: { type: hyperband, min_iter: 2, eta: 3, s: 2 }
        parameters:
          learning_rate: { distribution: log_uniform_values, min: 1e-6, max: 1e-2 }
          weight_decay: { distribution: log_uniform, min: -9.21, max: -4.605 }
          batch_size: { values: [32, 64, "128"] }
          optimizer: { values: [Adam, SGD, LAMB], probabilities: [0.5, 0.25, 0.25] }
          epochs: { value: 10 }
          dropout: { min: 0.1, max: 0.5 }
          hidden_units: { min: 16, max: 256 }
          lerning_rate: { min: 0.1, max: 0.2 }
          label_smoothing: { distribution: normal, mu: 0.1, sigma: 0.05 }
          training.optimizer:
            parameters:
              momentum: { distribution: q_uniform, min: 0.5, max: 0.9, q: 0.1 }
        command: [python, train.py]
        """;

    [Fact]
    public void WandbSweep_Yaml_MapsAndListsTheRest()
    {
        var import = SearchSpaceImport.Read(Sweep);

        Assert.Equal(ImportFormat.WandbSweep, import.Format);
        Assert.Equal(SearchMethodName.Tpe, import.Method!.Name);
        Assert.Equal(ValidationMetric.ValidationAccuracy, import.Metric);
        Assert.Equal(new StoppingRule { Name = StoppingRuleName.Asha, MinimumEpochs = 2, ReductionFactor = 3 }, import.Stopping);
        Assert.Equal(40, import.Trials);
        Assert.Equal(("epochs", "/training/epochs", "10"), Constant(Assert.Single(import.Constants)));
        Assert.Equal(
            [
                "learning_rate /training/optimizer/learningRate float 1e-06..0.01 log",
                "weight_decay /training/weightDecay/strength float 0.0001..0.01 log",
                "batch_size /training/batchSize categorical [32,64,\"128\"]",
                "optimizer /training/optimizer categorical [\"adam\",\"sgd\"]",
                "dropout /model/dropout/dense float 0.1..0.5",
                "hidden_units /model/dense/0 int 16..256",
                "training.optimizer.momentum /training/optimizer/momentum float 0.5..0.9 step 0.1",
            ],
            import.Space!.Parameters.Select(Text));
        Assert.Equal(
            [
                "method Simplified bayes: tpe", "parameters.optimizer UnknownValue LAMB", "parameters.optimizer.probabilities Simplified [0.5,0.25,0.25]",
                "parameters.lerning_rate UnknownParameter learningrate", "parameters.label_smoothing UnsupportedDistribution normal", "early_terminate Simplified hyperband: asha",
                "early_terminate.s Unsupported 2", "command Unsupported [\"python\",\"train.py\"]",
            ],
            import.Unmapped.Select(Text));
        Assert.Empty(SearchSpaceReader.Check(import.Space));
    }

    [Fact]
    public void Optuna_Json_Maps()
    {
        var import = SearchSpaceImport.Read("""
            {
              "direction": "maximize", "metric": "val_loss", "n_trials": 100, "n_jobs": 4, "sampler": "TPESampler", "pruner": "HyperbandPruner",
              "distributions": {
                "lr": { "name": "FloatDistribution", "attributes": { "step": null, "low": 1e-05, "high": 0.1, "log": true } },
                "units": { "name": "IntDistribution", "attributes": { "log": false, "step": 16, "low": 16, "high": 128 } },
                "batch_size": { "name": "IntLogUniformDistribution", "attributes": { "low": 16, "high": 256, "step": 1 } },
                "activation": { "name": "CategoricalDistribution", "attributes": { "choices": ["relu", "LeakyReLU", null] } },
                "seed": { "name": "IntUniformDistribution", "attributes": { "low": 3, "high": 3, "step": 1 } },
                "dropout": { "name": "FloatDistribution", "attributes": { "low": 0.5, "high": 0.1 } }
              }
            }
            """);

        Assert.Equal((ImportFormat.Optuna, 100, 4), (import.Format, import.Trials, import.Parallelism));
        Assert.Equal((SearchMethodName.Tpe, ValidationMetric.ValidationLoss), (import.Method!.Name, import.Metric));
        Assert.Equal(
            [
                "lr /training/optimizer/learningRate float 1e-05..0.1 log", "units /model/dense/0 int 16..128 step 16", "batch_size /training/batchSize int 16..256 log",
                "activation /model/activation categorical [\"relu\",\"leaky_relu\",null]",
            ],
            import.Space!.Parameters.Select(Text));
        Assert.Equal(("seed", "/seed", "3"), Constant(Assert.Single(import.Constants)));
        Assert.Equal(["metric Unsupported Maximize", "pruner UnknownValue HyperbandPruner", "distributions.dropout InvalidRange 'low' is 0.5, which is not below 'high', 0.1."], import.Unmapped.Select(Text));

        var bare = SearchSpaceImport.Read("""{ "lr": { "name": "LogUniformDistribution", "attributes": { "low": 0.001, "high": 0.1 } } }""");
        Assert.Equal("lr /training/optimizer/learningRate float 0.001..0.1 log", Text(Assert.Single(bare.Space!.Parameters)));
    }

    [Fact]
    public void Determined_Yaml_Maps()
    {
        var import = SearchSpaceImport.Read("""
            name: mnist
            hyperparameters:
              global_batch_size: 64
              learning_rate: { type: log, base: 10, minval: -4, maxval: -1, count: 4 }
              dropout: { type: double, minval: 0.2, maxval: 0.8 }
              n_filters: { type: int, minval: 8, maxval: 64 }
              optimizer: { type: categorical, vals: [adamw, momentum] }
              activation: { type: const, val: relu }
            searcher:
              name: adaptive_asha
              metric: validation_loss
              smaller_is_better: true
              max_trials: 16
              max_concurrent_trials: 2
              mode: standard
              max_length: { epochs: 8 }
            resources: { slots_per_trial: 1 }
            """);

        Assert.Equal((ImportFormat.Determined, 16, 2), (import.Format, import.Trials, import.Parallelism));
        Assert.Equal((SearchMethodName.Random, new StoppingRule { Name = StoppingRuleName.Asha, ReductionFactor = 4 }), (import.Method!.Name, import.Stopping));
        Assert.Equal(ValidationMetric.ValidationLoss, import.Metric);
        Assert.Equal(
            [
                "learning_rate /training/optimizer/learningRate float 0.0001..0.1 log points 4", "dropout /model/dropout/dense float 0.2..0.8",
                "optimizer /training/optimizer categorical [\"adamw\",\"momentum\"]",
            ],
            import.Space!.Parameters.Select(Text));
        Assert.Equal(
            [("global_batch_size", "/training/batchSize", "64"), ("activation", "/model/activation", "\"relu\""), ("epochs", "/training/epochs", "8")],
            import.Constants.Select(Constant));
        Assert.Equal(
            ["hyperparameters.n_filters UnknownParameter ", "searcher.mode Unsupported standard", "resources Unsupported {\"slots_per_trial\":1}"], import.Unmapped.Select(Text));
    }

    [Theory]
    [InlineData("", UnmappedReason.UnknownFormat)]
    [InlineData("just: text", UnmappedReason.UnknownFormat)]
    [InlineData("- 1", UnmappedReason.UnknownFormat)]
    [InlineData("a: [1, 2", UnmappedReason.Unreadable)]
    [InlineData("a: 1\na: 2", UnmappedReason.Unreadable)]
    [InlineData("a: &x [1]\nb: *x", UnmappedReason.Unreadable)]
    public void File_OfNoKnownFormat_SaysSo(string text, UnmappedReason reason)
    {
        var import = SearchSpaceImport.Read(text);

        Assert.Null(import.Space);
        Assert.Equal(reason, Assert.Single(import.Unmapped).Reason);
    }

    [Fact]
    public void File_NestedDeeply_IsRefused() =>
        Assert.Equal(UnmappedReason.Unreadable, Assert.Single(SearchSpaceImport.Read("a: " + new string('[', 100_000)).Unmapped).Reason);

    private static (string Name, string Pointer, string Value) Constant(ImportedConstant constant) => (constant.Name, constant.Pointer, constant.Value.GetRawText());

    private static string Text(UnmappedSetting setting) => $"{setting.Path} {setting.Reason} {setting.Detail}";

    private static string Text(SearchParameter parameter) => string.Join(' ', new[]
    {
        parameter.Name, Assert.Single(parameter.Pointers), parameter.Kind.ToString().ToLowerInvariant(),
        parameter.Values is { } values ? $"[{string.Join(',', values.Select(value => value.GetRawText()))}]" : $"{parameter.Low:g4}..{parameter.High:g4}",
        parameter.Log ? "log" : "", parameter.Step is { } step ? $"step {step}" : "", parameter.Points is { } points ? $"points {points}" : "",
    }.Where(part => part.Length > 0));
}
