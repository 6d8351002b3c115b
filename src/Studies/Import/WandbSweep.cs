using System.Text.Json.Nodes;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Import;

/// <summary>A sweep configuration of Weights &amp; Biases, YAML or JSON.</summary>
internal static class WandbSweep
{
    public static ImportedSpace Read(JsonObject root)
    {
        var draft = new ImportDraft(ImportFormat.WandbSweep)
        {
            Method = ImportDraft.Text(root["method"]) switch
            {
                "grid" => new SearchMethod { Name = SearchMethodName.Grid },
                "random" => new SearchMethod { Name = SearchMethodName.Random },
                "bayes" => new SearchMethod { Name = SearchMethodName.Tpe },
                _ => null,
            },
            Trials = ImportDraft.Count(root["run_cap"]),
        };
        if (ImportDraft.Text(root["method"]) == "bayes")
        {
            // Gaussian processes there.
            draft.Unmapped("method", UnmappedReason.Simplified, "bayes: tpe");
        }
        else if (draft.Method is null)
        {
            draft.Unmapped("method", UnmappedReason.UnknownValue, ImportDraft.Show(root["method"]));
        }

        if (root["metric"] is JsonObject metric)
        {
            draft.Target("metric.name", metric["name"], ImportDraft.Text(metric["goal"]) == "maximize" ? MetricGoal.Maximize : MetricGoal.Minimize);
            draft.Rest("metric", metric, "name", "goal");
        }

        Parameters(draft, "parameters", "", root["parameters"] as JsonObject ?? []);
        if (root["early_terminate"] is JsonObject stopping)
        {
            Stopping(draft, stopping);
        }

        draft.Rest("", root, "method", "metric", "parameters", "early_terminate", "run_cap", "name", "description", "program", "project", "entity");
        return draft.Result();
    }

    private static void Parameters(ImportDraft draft, string path, string prefix, JsonObject parameters)
    {
        foreach (var (name, value) in parameters)
        {
            var (at, full) = (ImportDraft.Join(path, name), ImportDraft.Join(prefix, name));
            if (value is not JsonObject parameter)
            {
                draft.Unmapped(at, UnmappedReason.Unsupported, ImportDraft.Show(value));
            }
            else if (parameter["parameters"] is JsonObject nested)
            {
                Parameters(draft, $"{at}.parameters", full, nested);
            }
            else
            {
                Parameter(draft, at, full, parameter);
            }
        }
    }

    private static void Parameter(ImportDraft draft, string path, string name, JsonObject parameter)
    {
        var (low, high) = (ImportDraft.Number(parameter["min"]), ImportDraft.Number(parameter["max"]));
        var step = ImportDraft.Number(parameter["q"]) ?? 1;
        var distribution = ImportDraft.Text(parameter["distribution"])
            ?? (parameter.ContainsKey("value") ? "constant" : parameter.ContainsKey("values") ? "categorical" : IsWhole(low) && IsWhole(high) ? "int_uniform" : "uniform");
        switch (distribution)
        {
            case "constant":
                draft.Constant(path, name, parameter["value"]);
                break;
            case "categorical" or "categorical_w_probabilities":
                draft.Categorical(path, name, parameter["values"]);
                if (parameter.ContainsKey("probabilities"))
                {
                    draft.Unmapped($"{path}.probabilities", UnmappedReason.Simplified, ImportDraft.Show(parameter["probabilities"]));
                }

                break;
            case "int_uniform":
                draft.Range(path, name, SearchParameterKind.Int, low, high);
                break;
            case "uniform":
                draft.Range(path, name, SearchParameterKind.Float, low, high);
                break;
            case "q_uniform":
                draft.Range(path, name, SearchParameterKind.Float, low, high, step: step);
                break;

            // Here the bounds are exponents of e.
            case "log_uniform":
                draft.Range(path, name, SearchParameterKind.Float, Exp(low), Exp(high), log: true);
                break;
            case "q_log_uniform":
                draft.Range(path, name, SearchParameterKind.Float, Exp(low), Exp(high), log: true, step: step);
                break;
            case "log_uniform_values":
                draft.Range(path, name, SearchParameterKind.Float, low, high, log: true);
                break;
            case "q_log_uniform_values":
                draft.Range(path, name, step == 1 ? SearchParameterKind.Int : SearchParameterKind.Float, low, high, log: true, step: step);
                break;
            default:
                draft.Unmapped(path, UnmappedReason.UnsupportedDistribution, distribution);
                break;
        }
    }

    // Hyperband there: brackets of successive halving, of which ASHA with these rungs is one.
    private static void Stopping(ImportDraft draft, JsonObject stopping)
    {
        if (ImportDraft.Text(stopping["type"]) != "hyperband")
        {
            draft.Unmapped("early_terminate.type", UnmappedReason.UnknownValue, ImportDraft.Show(stopping["type"]));
            return;
        }

        draft.Stopping = new StoppingRule
        {
            Name = StoppingRuleName.Asha,
            MinimumEpochs = ImportDraft.Count(stopping["min_iter"]),
            ReductionFactor = ImportDraft.Count(stopping["eta"]) is { } eta and >= 2 and <= 100 ? eta : null,
        };
        draft.Unmapped("early_terminate", UnmappedReason.Simplified, "hyperband: asha");
        draft.Rest("early_terminate", stopping, "type", "min_iter", "eta");
    }

    private static bool IsWhole(double? number) => number is { } value && double.IsInteger(value);

    private static double? Exp(double? exponent) => exponent is { } value ? Math.Exp(value) : null;
}
