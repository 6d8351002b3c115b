using System.Text.Json.Nodes;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Import;

/// <summary>An experiment configuration of Determined: its <c>hyperparameters</c> and <c>searcher</c>.</summary>
internal static class DeterminedExperiment
{
    public static ImportedSpace Read(JsonObject root)
    {
        var draft = new ImportDraft(ImportFormat.Determined);
        Parameters(draft, "hyperparameters", "", root["hyperparameters"] as JsonObject ?? []);
        if (root["searcher"] is JsonObject searcher)
        {
            Searcher(draft, searcher);
        }

        draft.Rest("", root, "hyperparameters", "searcher", "name", "description", "entrypoint", "labels");
        return draft.Result();
    }

    private static void Parameters(ImportDraft draft, string path, string prefix, JsonObject parameters)
    {
        foreach (var (name, node) in parameters)
        {
            var (at, full) = (ImportDraft.Join(path, name), ImportDraft.Join(prefix, name));
            switch (node)
            {
                case JsonObject parameter when ImportDraft.Text(parameter["type"]) is { } type:
                    Parameter(draft, at, full, type, parameter);
                    break;
                case JsonObject nested:
                    Parameters(draft, at, full, nested);
                    break;
                default:
                    draft.Constant(at, full, node);
                    break;
            }
        }
    }

    private static void Parameter(ImportDraft draft, string path, string name, string type, JsonObject parameter)
    {
        var (low, high) = (ImportDraft.Number(parameter["minval"]), ImportDraft.Number(parameter["maxval"]));
        int? points = ImportDraft.Count(parameter["count"]) is { } count and > 1 ? count : null;
        switch (type)
        {
            case "const":
                draft.Constant(path, name, parameter["val"]);
                break;
            case "categorical":
                draft.Categorical(path, name, parameter["vals"]);
                break;
            case "int":
                draft.Range(path, name, SearchParameterKind.Int, low, high, points: points);
                break;
            case "double":
                draft.Range(path, name, SearchParameterKind.Float, low, high, points: points);
                break;

            // The bounds are exponents of the base.
            case "log":
                var b = ImportDraft.Number(parameter["base"]) ?? 10;
                draft.Range(path, name, SearchParameterKind.Float, Power(b, low), Power(b, high), log: true, points: points);
                break;
            default:
                draft.Unmapped(path, UnmappedReason.UnsupportedDistribution, type);
                break;
        }
    }

    private static void Searcher(ImportDraft draft, JsonObject searcher)
    {
        var name = ImportDraft.Text(searcher["name"]);
        draft.Method = name switch
        {
            "random" or "adaptive_asha" or "async_halving" => new SearchMethod { Name = SearchMethodName.Random },
            "grid" => new SearchMethod { Name = SearchMethodName.Grid },
            _ => null,
        };
        if (draft.Method is null)
        {
            draft.Unmapped("searcher.name", UnmappedReason.UnknownValue, ImportDraft.Show(searcher["name"]));
        }

        if (name is "adaptive_asha" or "async_halving")
        {
            draft.Stopping = new StoppingRule
            {
                Name = StoppingRuleName.Asha,
                ReductionFactor = ImportDraft.Count(searcher["divisor"]) is { } divisor and >= 2 and <= 100 ? divisor : 4,
            };
        }

        var maximize = searcher["smaller_is_better"] is JsonValue value && value.TryGetValue<bool>(out var smaller) && !smaller;
        draft.Target("searcher.metric", searcher["metric"], maximize ? MetricGoal.Maximize : MetricGoal.Minimize);
        draft.Trials = ImportDraft.Count(searcher["max_trials"]);
        draft.Parallelism = ImportDraft.Count(searcher["max_concurrent_trials"]);
        Length(draft, searcher);
        draft.Rest(
            "searcher", searcher, "name", "metric", "smaller_is_better", "max_trials", "max_concurrent_trials", "divisor", "max_length", "max_time", "time_metric");
    }

    // The length of training: { epochs: 10 } there, or max_time in units of time_metric.
    private static void Length(ImportDraft draft, JsonObject searcher)
    {
        if (searcher["max_length"] is JsonObject length && ImportDraft.Count(length["epochs"]) is { } epochs)
        {
            draft.Constant("searcher.max_length.epochs", "epochs", JsonValue.Create(epochs));
        }
        else if (ImportDraft.Text(searcher["time_metric"])?.StartsWith("epoch", StringComparison.Ordinal) == true && ImportDraft.Count(searcher["max_time"]) is { } time)
        {
            draft.Constant("searcher.max_time", "epochs", JsonValue.Create(time));
        }
        else if ((searcher["max_length"] ?? searcher["max_time"]) is { } other)
        {
            draft.Unmapped(searcher.ContainsKey("max_length") ? "searcher.max_length" : "searcher.max_time", UnmappedReason.Unsupported, ImportDraft.Show(other));
        }
    }

    private static double? Power(double b, double? exponent) => exponent is { } value ? Math.Pow(b, value) : null;
}
