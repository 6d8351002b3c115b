using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Import;

/// <summary>The settings of a spec behind the names that training programs usually give them.</summary>
internal static class SettingNames
{
    // Keys as Spelling.Fold makes them.
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["lr"] = "/training/optimizer/learningRate",
        ["learningrate"] = "/training/optimizer/learningRate",
        ["baselr"] = "/training/optimizer/learningRate",
        ["initlr"] = "/training/optimizer/learningRate",
        ["momentum"] = "/training/optimizer/momentum",
        ["beta1"] = "/training/optimizer/beta1",
        ["adambeta1"] = "/training/optimizer/beta1",
        ["beta2"] = "/training/optimizer/beta2",
        ["adambeta2"] = "/training/optimizer/beta2",
        ["eps"] = "/training/optimizer/epsilon",
        ["epsilon"] = "/training/optimizer/epsilon",
        ["adamepsilon"] = "/training/optimizer/epsilon",
        ["optimizer"] = "/training/optimizer",
        ["optim"] = "/training/optimizer",
        ["opt"] = "/training/optimizer",
        ["wd"] = "/training/weightDecay/strength",
        ["weightdecay"] = "/training/weightDecay/strength",
        ["l2"] = "/training/weightDecay/strength",
        ["schedule"] = "/training/schedule",
        ["scheduler"] = "/training/schedule",
        ["lrschedule"] = "/training/schedule",
        ["lrscheduler"] = "/training/schedule",
        ["warmup"] = "/training/schedule/warmup",
        ["warmupepochs"] = "/training/schedule/warmup",
        ["maxgradnorm"] = "/training/gradientClipping/maximum",
        ["gradclip"] = "/training/gradientClipping/maximum",
        ["gradientclipval"] = "/training/gradientClipping/maximum",
        ["bs"] = "/training/batchSize",
        ["batchsize"] = "/training/batchSize",
        ["globalbatchsize"] = "/training/batchSize",
        ["trainbatchsize"] = "/training/batchSize",
        ["perdevicetrainbatchsize"] = "/training/batchSize",
        ["epochs"] = "/training/epochs",
        ["nepochs"] = "/training/epochs",
        ["numepochs"] = "/training/epochs",
        ["maxepochs"] = "/training/epochs",
        ["numtrainepochs"] = "/training/epochs",
        ["labelsmoothing"] = "/training/labelSmoothing",
        ["precision"] = "/training/precision",
        ["patience"] = "/training/earlyStopping/patience",
        ["dropout"] = "/model/dropout/dense",
        ["dropoutrate"] = "/model/dropout/dense",
        ["dropoutprob"] = "/model/dropout/dense",
        ["densedropout"] = "/model/dropout/dense",
        ["convdropout"] = "/model/dropout/conv",
        ["activation"] = "/model/activation",
        ["initialization"] = "/model/initialization",
        ["initializer"] = "/model/initialization",
        ["init"] = "/model/initialization",
        ["model"] = "/model/preset",
        ["arch"] = "/model/preset",
        ["architecture"] = "/model/preset",
        ["hiddensize"] = "/model/dense/0",
        ["hiddenunits"] = "/model/dense/0",
        ["hiddendim"] = "/model/dense/0",
        ["units"] = "/model/dense/0",
        ["seed"] = "/seed",
        ["randomseed"] = "/seed",
        ["dataseed"] = "/data/seed",
        ["labelnoise"] = "/data/labelNoise",
        ["valsplit"] = "/data/validationFraction",
        ["validationsplit"] = "/data/validationFraction",
        ["validationfraction"] = "/data/validationFraction",
    };

    private static readonly Dictionary<string, TechniqueKind> Techniques = new(StringComparer.Ordinal)
    {
        ["/training/optimizer"] = TechniqueKind.Optimizer,
        ["/training/schedule"] = TechniqueKind.Schedule,
        ["/training/weightDecay"] = TechniqueKind.WeightDecay,
        ["/training/gradientClipping"] = TechniqueKind.GradientClipping,
        ["/model/activation"] = TechniqueKind.Activation,
        ["/model/initialization"] = TechniqueKind.Initialization,
        ["/model/preset"] = TechniqueKind.Preset,
        ["/data/dataset"] = TechniqueKind.Dataset,
    };

    // Sections of a spec: training.optimizer.learning_rate is a path into it.
    private static readonly string[] Sections = ["data", "model", "training"];

    /// <summary>JSON pointer of a setting; null when a spec has none of this name.</summary>
    public static string? Pointer(string name)
    {
        if (name.StartsWith('/'))
        {
            return name;
        }

        string[] parts = name.Split('.', '/');
        return parts.Length > 1 && Sections.Contains(parts[0])
            ? "/" + string.Join('/', parts.Select(CamelCase))
            : Usual.GetValueOrDefault(Spelling.Fold(parts[^1]));
    }

    /// <summary>The nearest of the usual names; null when none is near.</summary>
    public static string? Nearest(string name) => Spelling.Nearest(name, Usual.Keys);

    /// <summary>The value as a spec spells it: techniques by their names in the catalog; null when the catalog has none of this name.</summary>
    public static JsonElement? Value(string pointer, JsonNode? value)
    {
        var element = JsonSerializer.SerializeToElement(value);
        if (!Techniques.TryGetValue(pointer, out var kind) || element.ValueKind != JsonValueKind.String)
        {
            return element;
        }

        var name = Spelling.Fold(element.GetString()!);
        return TechniqueCatalog.OfKind(kind).FirstOrDefault(technique => Spelling.Fold(technique.Name) == name) is { } known
            ? JsonSerializer.SerializeToElement(known.Name)
            : null;
    }

    /// <summary>The metric of a run; null when it has none of this name.</summary>
    public static ValidationMetric? Metric(string name) => Spelling.Fold(name.Replace('/', '_').Replace('.', '_')) switch
    {
        "validationloss" or "valloss" or "evalloss" or "loss" => ValidationMetric.ValidationLoss,
        "validationaccuracy" or "valaccuracy" or "valacc" or "evalaccuracy" or "accuracy" or "acc" => ValidationMetric.ValidationAccuracy,
        _ => null,
    };

    public static MetricGoal Goal(ValidationMetric metric) => metric == ValidationMetric.ValidationLoss ? MetricGoal.Minimize : MetricGoal.Maximize;

    private static string CamelCase(string name)
    {
        string[] words = name.Split('_', '-');
        return string.Concat(words.Select((word, index) => index == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
