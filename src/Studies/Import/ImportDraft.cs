using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Import;

/// <summary>Collects what a file maps to.</summary>
internal sealed class ImportDraft(ImportFormat format)
{
    private readonly List<SearchParameter> parameters = [];
    private readonly List<ImportedConstant> constants = [];
    private readonly List<UnmappedSetting> unmapped = [];

    public SearchMethod? Method { get; set; }

    public StoppingRule? Stopping { get; set; }

    public int? Trials { get; set; }

    public int? Parallelism { get; set; }

    private ValidationMetric? Metric { get; set; }

    public ImportedSpace Result() => new()
    {
        Format = format,
        Space = parameters.Count == 0 ? null : new SearchSpace { Parameters = parameters },
        Constants = constants,
        Method = Method,
        Metric = Metric,
        Stopping = Stopping,
        Trials = Trials,
        Parallelism = Parallelism,
        Unmapped = unmapped,
    };

    public void Unmapped(string path, UnmappedReason reason, object? detail = null) => unmapped.Add(new UnmappedSetting(path, reason, $"{detail}"));

    /// <summary>Lists the members that are not read as unsupported.</summary>
    public void Rest(string path, JsonObject members, params string[] read)
    {
        foreach (var (name, value) in members.Where(member => !read.Contains(member.Key)))
        {
            Unmapped(Join(path, name), UnmappedReason.Unsupported, Show(value));
        }
    }

    // path: Of the name of the metric.
    public void Target(string path, JsonNode? name, MetricGoal goal)
    {
        Metric = Text(name) is { } text ? SettingNames.Metric(text) : null;
        if (name is not null && Metric is null)
        {
            Unmapped(path, UnmappedReason.UnknownValue, Show(name));
        }
        else if (Metric is { } metric && goal != SettingNames.Goal(metric))
        {
            // The goal of a metric is that of its kind.
            Unmapped(path, UnmappedReason.Unsupported, $"{goal}");
        }
    }

    public void Constant(string path, string name, JsonNode? value)
    {
        if (PointerOf(path, name) is { } pointer)
        {
            if (SettingNames.Value(pointer, value) is { } known)
            {
                constants.Add(new ImportedConstant(name, pointer, known));
            }
            else
            {
                Unmapped(path, UnmappedReason.UnknownValue, Show(value));
            }
        }
    }

    public void Categorical(string path, string name, JsonNode? values)
    {
        if (PointerOf(path, name) is not { } pointer)
        {
            return;
        }

        List<JsonElement> known = [];
        foreach (var value in values as JsonArray ?? [])
        {
            if (SettingNames.Value(pointer, value) is { } element)
            {
                known.Add(element);
            }
            else
            {
                Unmapped(path, UnmappedReason.UnknownValue, Show(value));
            }
        }

        Add(path, new SearchParameter { Name = name, Pointers = [pointer], Kind = SearchParameterKind.Categorical, Values = known });
    }

    public void Range(
        string path, string name, SearchParameterKind kind, double? low, double? high, bool log = false, double? step = null, int? points = null)
    {
        if (PointerOf(path, name) is not { } pointer)
        {
            return;
        }

        // A range of one value is a constant.
        if (low is { } value && low == high)
        {
            Constant(path, name, JsonValue.Create(value));
            return;
        }

        Add(path, new SearchParameter
        {
            Name = name,
            Pointers = [pointer],
            Kind = kind,
            Low = low,
            High = high,
            Log = log,
            Step = log || step == 1 && kind == SearchParameterKind.Int ? null : step,
            Points = points,
        });
        if (log && step is > 0 && !(kind == SearchParameterKind.Int && step == 1))
        {
            Unmapped(path, UnmappedReason.Simplified, $"step {MessageArgumentReader.Show(step.Value)}");
        }
    }

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    public static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    public static int? Count(JsonNode? node) => Number(node) is { } number && number is >= 1 and <= 1e9 ? (int)number : null;

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static string Show(JsonNode? node)
    {
        var text = Text(node) ?? node?.ToJsonString() ?? "null";
        return text.Length <= 80 ? text : $"{text[..77]}...";
    }

    private string? PointerOf(string path, string name)
    {
        if (SettingNames.Pointer(name) is { } pointer)
        {
            return pointer;
        }

        Unmapped(path, UnmappedReason.UnknownParameter, SettingNames.Nearest(name));
        return null;
    }

    private void Add(string path, SearchParameter parameter)
    {
        var findings = SearchSpaceReader.Check(new SearchSpace { Parameters = [.. parameters, parameter] });
        if (findings.Count == 0 && parameter.Values is not { Count: 0 })
        {
            parameters.Add(parameter);
        }
        else
        {
            Unmapped(path, UnmappedReason.InvalidRange, findings.Count > 0 ? findings[0].Message : "");
        }
    }
}
