using System.Text.RegularExpressions;
using Trainyard.Service.Store;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Filters;

/// <summary>The fields of filter expressions: columns of runs, metrics, and parameters of specs by name or by pointer.</summary>
internal static partial class FilterFields
{
    private static readonly FilterField[] OfRuns =
    [
        Column("name", FilterKind.Text, "name"),
        Column("experiment", FilterKind.Text, "experiment"),
        Column("setting", FilterKind.Text, "setting"),
        Column("notes", FilterKind.Text, "notes"),
        Column("state", FilterKind.Choice, "state") with { Choices = RunStates.WireNames },
        Column("queue", FilterKind.Choice, "queue") with { Choices = ["cpu", "cuda"] },
        Column("createdBy", FilterKind.Text, "created_by"),
        Column("created", FilterKind.Time, "created_at"),
        Column("finished", FilterKind.Time, "finished_at"),
        Column("elapsed", FilterKind.Number, "elapsed_seconds"),
        Column("epoch", FilterKind.Number, "epoch"),
        Column("seed", FilterKind.Number, "seed"),
        Column("trial", FilterKind.Number, "trial"),
        Column("problems", FilterKind.Number, "problems"),
        Column("warnings", FilterKind.Number, "warnings"),
        new FilterField { Name = "finding", Kind = FilterKind.Choice, Source = FilterSource.Items, Key = "findings", Choices = [.. Specs.Events.Diagnosis.DiagnosisRules.All] },
        new FilterField { Name = "tag", Kind = FilterKind.Text, Source = FilterSource.Items, Key = "tags" },
    ];

    private static readonly FilterField[] OfMetrics =
    [
        Metric("accuracy", MetricNames.ValidationAccuracy, "best"),
        Metric("loss", MetricNames.ValidationLoss, "best"),
        .. ((string[])[MetricNames.ValidationAccuracy, MetricNames.ValidationLoss, MetricNames.TrainAccuracy, MetricNames.TrainLoss])
            .SelectMany(metric => (FilterField[])[Metric(metric, metric, "best"), Metric($"{metric}.latest", metric, "latest")]),
    ];

    private static readonly TechniqueKind[] Techniques =
    [
        TechniqueKind.Dataset, TechniqueKind.Activation, TechniqueKind.Initialization, TechniqueKind.Optimizer, TechniqueKind.Schedule, TechniqueKind.WeightDecay,
        TechniqueKind.GradientClipping, TechniqueKind.Preset,
    ];

    /// <summary>All fields with a name of their own, in the order in which they are proposed.</summary>
    public static IReadOnlyList<FilterField> All { get; } = [.. OfMetrics, .. OfRuns, .. OfParameters()];

    private static readonly Dictionary<string, FilterField> ByName = Named(All);

    /// <summary>The field of a name, in any case and with or without underscores; null for an unknown one.</summary>
    public static FilterField? Find(string name) =>
        ByName.TryGetValue(name, out var field) || ByName.TryGetValue(Spelling.Fold(name), out field) ? field
        : MetricPattern().Match(name) is { Success: true } metric ? Metric(name, metric.Groups["name"].Value, metric.Groups["which"].Value)
        : ParameterPattern().IsMatch(name) ? Parameter(name, $"/{name["param.".Length..].Replace('.', '/')}", FilterKind.Any)
        : null;

    /// <summary>A similar name; null when none is near.</summary>
    public static string? Nearest(string name) => Spelling.Nearest(name, All.Select(field => field.Name));

    // Shortest names win: the last segments of a pointer, as many as make it unique, and for a technique the segment before its name.
    private static List<FilterField> OfParameters()
    {
        var known = SpecFields.All.Select(field => (field.Pointer, field.Definition.Kind, field.Definition.Choices))
            .Concat(Techniques.SelectMany(kind => TechniqueCatalog.OfKind(kind).SelectMany(technique =>
                technique.Parameters.Select(parameter => (Pointer: $"{technique.Pointer}/{parameter.Name}", parameter.Kind, parameter.Choices))
                    .Prepend((Pointer: $"{technique.Pointer}/name", Kind: ParameterKind.Choice, Choices: [.. TechniqueCatalog.OfKind(kind).Select(other => other.Name)])))))
            .Where(parameter => !parameter.Pointer.Contains('*', StringComparison.Ordinal) && parameter.Kind is not ParameterKind.Numbers)
            .Where(parameter => parameter.Pointer is not ("/version" or "/name" or "/experiment" or "/seed"))
            .DistinctBy(parameter => parameter.Pointer, StringComparer.Ordinal).ToList();
        var names = known.ConvertAll(parameter => Names(parameter.Pointer));
        var taken = OfMetrics.Concat(OfRuns).Select(field => field.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var counts = names.SelectMany(ending => ending).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.Count(), StringComparer.OrdinalIgnoreCase);
        return [.. known.Select((parameter, index) => Parameter(
            names[index].First(name => counts[name] == 1 && !taken.Contains(name)), parameter.Pointer, KindOf(parameter.Kind)) with { Choices = parameter.Choices })];
    }

    // /training/optimizer/learningRate: learningRate, optimizer.learningRate, training.optimizer.learningRate.
    private static List<string> Names(string pointer)
    {
        var segments = pointer[1..].Split('/');
        var shown = segments is [.., _, "name"] ? segments[..^1] : segments;
        List<string> names = [.. Enumerable.Range(1, shown.Length).Select(count => string.Join('.', shown[^count..]))];
        return [.. names, .. segments.Length == shown.Length ? (string[])[] : [string.Join('.', segments)]];
    }

    private static Dictionary<string, FilterField> Named(IReadOnlyList<FilterField> fields)
    {
        var named = fields.ToDictionary(field => field.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            named.TryAdd(Spelling.Fold(field.Name), field);
            if (field.Source == FilterSource.Parameter)
            {
                named.TryAdd(field.Key[1..].Replace('/', '.'), field);
            }
        }

        named.TryAdd("lr", named["learningRate"]);
        named.TryAdd("valaccuracy", named["accuracy"]);
        named.TryAdd("valloss", named["loss"]);
        named.TryAdd("owner", named["createdBy"]);
        return named;
    }

    private static FilterKind KindOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Number or ParameterKind.Integer => FilterKind.Number,
        ParameterKind.Boolean => FilterKind.Boolean,
        ParameterKind.Choice => FilterKind.Choice,
        _ => FilterKind.Text,
    };

    private static FilterField Column(string name, FilterKind kind, string column) => new() { Name = name, Kind = kind, Source = FilterSource.Column, Key = column };

    private static FilterField Metric(string name, string metric, string which) =>
        new() { Name = name, Kind = FilterKind.Number, Source = FilterSource.Metric, Key = metric, Which = which };

    private static FilterField Parameter(string name, string pointer, FilterKind kind) => new() { Name = name, Kind = kind, Source = FilterSource.Parameter, Key = pointer };

    [GeneratedRegex("^metric\\.(?<name>[a-z0-9_]{1,64})\\.(?<which>best|latest)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricPattern();

    [GeneratedRegex("^param(\\.([A-Za-z0-9_-]{1,64}|\\*)){1,8}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterPattern();
}
