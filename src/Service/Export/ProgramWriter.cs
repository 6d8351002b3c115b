using System.Reflection;
using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

/// <summary>Writes the program of a run: the templates of a language, filled with the values of the spec.</summary>
internal static class ProgramWriter
{
    private static readonly string TorchSharpVersion = typeof(ProgramWriter).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "TorchSharpVersion").Value!;

    public static string Pytorch(ExportedRun run)
    {
        var values = Values(run, learningRate: "LEARNING_RATE", factor: "factor(step)");
        values["network"] = PytorchNetwork.Layers(run);
        values["initialization"] = PytorchNetwork.Initialization(run);
        return Render(values, 2, "PyTorch/settings.py", "PyTorch/data.py", "PyTorch/network.py", "PyTorch/training.py");
    }

    public static string TorchSharp(ExportedRun run)
    {
        var values = Values(run, learningRate: "LearningRate", factor: "factor");
        values["network"] = TorchSharpNetwork.Layers(run);
        values["initialization"] = TorchSharpNetwork.Initialization(run);
        values["torchSharp"] = TorchSharpVersion;
        Set(values, "fans", values["initialization"].Contains("fan", StringComparison.Ordinal));
        Set(values, "lsuv", TorchSharpNetwork.Scaled(run));
        return Render(values, 1, "TorchSharp/program.cs", "TorchSharp/functions.cs", "TorchSharp/types.cs");
    }

    public static string Resource(string name)
    {
        using var stream = typeof(ProgramWriter).Assembly.GetManifestResourceStream($"export/{name}") ?? throw new InvalidOperationException($"There is no resource '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Render(Dictionary<string, string> values, int emptyLines, params IEnumerable<string> templates)
    {
        var lines = new List<string>();
        foreach (var line in templates.SelectMany(name => ProgramTemplate.Render(Resource(name + ".txt"), values).Split('\n')))
        {
            if (line.Length > 0 || !lines.TakeLast(emptyLines).All(last => last.Length == 0))
            {
                lines.Add(line);
            }
        }

        return string.Join('\n', lines).TrimEnd('\n') + "\n";
    }

    // Values for the templates of both languages. Settings that a spec does not use have no value.
    private static Dictionary<string, string> Values(ExportedRun run, string learningRate, string factor)
    {
        var (data, training, plan) = (run.Spec.Data, run.Spec.Training, run.Plan);
        var layers = run.Layers().Select(entry => entry.Layer).ToList();
        var warmup = training.Schedule.Parameters.ContainsKey("warmup") ? training.Schedule.Number("warmup") : 0;
        var isScheduled = warmup > 0 || training.Schedule.Name != "constant";
        var values = new Dictionary<string, string>
        {
            ["name"] = Literal.Comment(run.Name),
            ["id"] = run.Id.ToString(),
            ["hash"] = run.Spec.Sha256()[..12],
            ["seed"] = Literal.Integer(run.Spec.Seed),
            ["dataSeed"] = Literal.Integer(data.Seed),
            ["input"] = string.Join(", ", plan.Input),
            ["sample"] = string.Join(", ", DatasetShape.From(data.Dataset).Input),
            ["classes"] = Literal.Integer(plan.Classes),
            ["epochs"] = Literal.Integer(training.Epochs),
            ["validationFraction"] = Literal.Number(data.ValidationFraction),
        };
        values["factor"] = isScheduled ? factor : "1.0";
        values["learningRate"] = isScheduled ? $"{learningRate} * {factor}" : learningRate;
        Set(values, "weightsOf", run.WeightsOf?.ToString());
        Set(values, "bfloat16", run.Bfloat16);
        Set(values, "cuda", training.Device == Device.Cuda);
        Set(values, "evaluateTest", training.EvaluateTest);
        Set(values, "image", plan.Input.Count == 3);
        Set(values, "published", plan.Input.Count == 3 && data.Dataset.Name != "shapes");
        Set(values, "validationCount", data.ValidationCount);
        Set(values, "trainLimit", data.TrainLimit);
        Set(values, "batchSize", training.BatchSize);
        Set(values, "features", Features(data.Features));
        Set(values, "labelNoise", data.LabelNoise);
        Set(values, "labelSmoothing", training.LabelSmoothing);
        Set(values, "scheduled", isScheduled);
        Set(values, "warmup", warmup);
        Set(values, "dataset", TechniqueKind.Dataset, data.Dataset);
        Set(values, "optimizer", TechniqueKind.Optimizer, training.Optimizer);
        Set(values, "schedule", TechniqueKind.Schedule, training.Schedule);
        Set(values, "weightDecay", TechniqueKind.WeightDecay, training.WeightDecay);
        Set(values, "gradientClipping", TechniqueKind.GradientClipping, training.GradientClipping);
        Set(values, "ownOptimizer", values["optimizer"] is "lion" or "muon" || values.GetValueOrDefault("optimizer.form") is "heavy_ball" or "look_ahead"
            || (values["optimizer"] == "adam" && !values.ContainsKey("optimizer.biasCorrection")));
        if (data.Augmentation is { } augmentation)
        {
            Set(values, "augmentation", augmentation.Flip || augmentation.Crop > 0 || augmentation.Cutout > 0);
            Set(values, "augmentation.flip", augmentation.Flip);
            Set(values, "augmentation.crop", augmentation.Crop > 0);
            values["augmentation.padding"] = Literal.Integer(augmentation.Crop);
            Set(values, "augmentation.cutout", augmentation.Cutout > 0 ? augmentation.Cutout : null);
            Set(values, "augmentation.testTimeFlip", augmentation.TestTimeFlip);
        }

        if (training.EarlyStopping is { } stopping)
        {
            Set(values, "earlyStopping", true);
            values["earlyStopping.metric"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(stopping.Metric.ToString());
            values["earlyStopping.patience"] = Literal.Integer(stopping.Patience);
            values["earlyStopping.minimumChange"] = Literal.Number(stopping.MinimumChange);
            Set(values, "earlyStopping.restoreBest", stopping.RestoreBest);
        }

        foreach (var layer in layers.Select(layer => layer.Layer))
        {
            Set(values, layer.Kind, true);
            Set(values, "maxout", values.ContainsKey("maxout") || layer is ActivationLayer { Activation.Name: "maxout" });
            Set(values, $"init.{NetworkText.Initialization(layer)?.Name}", true);
        }

        // Where a channel has one value and the last batch of an epoch is a single sample, batch normalization has no variance.
        var samples = data.LearnedSamples(DatasetShape.From(data.Dataset).TrainSamples);
        if ((training.BatchSize == 1 || samples % training.BatchSize == 1)
            && layers.Find(layer => layer.Layer is BatchNormLayer && layer.Input.Skip(1).All(side => side == 1)) is { } norm)
        {
            values["singleSample"] = norm.Input.Count == 1 ? "1" : "2";
        }

        return values;
    }

    // Both languages write them alike. Null: the coordinates themselves.
    private static string? Features(FeatureSpec? features) => features is null ? null : string.Join(", ", new (bool IsChosen, string Text)[]
    {
        (features.X1, "x1"), (features.X2, "x2"), (features.X1Squared, "x1.square()"), (features.X2Squared, "x2.square()"), (features.X1X2, "x1 * x2"),
        (features.SinX1, "x1.sin()"), (features.SinX2, "x2.sin()"),
    }.Where(feature => feature.IsChosen).Select(feature => feature.Text));

    private static void Set(Dictionary<string, string> values, string name, bool value) => Set(values, name, value ? "true" : null);

    private static void Set(Dictionary<string, string> values, string name, int? value) => Set(values, name, value is { } number ? Literal.Integer(number) : null);

    private static void Set(Dictionary<string, string> values, string name, double value) => Set(values, name, value > 0 ? Literal.Number(value) : null);

    private static void Set(Dictionary<string, string> values, string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            values[name] = value;
        }
    }

    // The name of a technique, and its parameters as name.parameter.
    private static void Set(Dictionary<string, string> values, string name, TechniqueKind kind, TechniqueChoice choice)
    {
        if (choice.Name == "none")
        {
            return;
        }

        values[name] = choice.Name;
        foreach (var parameter in TechniqueCatalog.Find(kind, choice.Name)!.Parameters)
        {
            var value = choice.Parameters[parameter.Name];
            Set(values, $"{name}.{parameter.Name}", parameter.Kind switch
            {
                ParameterKind.Boolean => value.Flag ? "true" : null,
                ParameterKind.Choice or ParameterKind.Text => value.Text,
                ParameterKind.Numbers => string.Join(", ", value.Numbers.Select(Literal.Number)),
                ParameterKind.Integer => Literal.Integer((long)value.Number),
                _ => Literal.Number(value.Number),
            });
        }
    }
}
