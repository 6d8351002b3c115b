using System.Text.Json.Nodes;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Import;

/// <summary>
/// Distributions as <c>optuna.distributions.distribution_to_json</c> writes them, by the name of the parameter; alone, or as <c>distributions</c> beside
/// <c>direction</c>, <c>metric</c>, <c>sampler</c>, <c>pruner</c>, <c>n_trials</c> and <c>n_jobs</c>.
/// </summary>
internal static class OptunaDistributions
{
    public static bool IsDistribution(JsonNode? node) => node is JsonObject distribution && ImportDraft.Text(distribution["name"])?.EndsWith("Distribution", StringComparison.Ordinal) == true;

    public static ImportedSpace Read(JsonObject root)
    {
        var draft = new ImportDraft(ImportFormat.Optuna);
        if (root["distributions"] is JsonObject distributions)
        {
            Study(draft, root);
            Parameters(draft, "distributions", distributions);
        }
        else
        {
            Parameters(draft, "", root);
        }

        return draft.Result();
    }

    private static void Study(ImportDraft draft, JsonObject root)
    {
        draft.Trials = ImportDraft.Count(root["n_trials"]);
        draft.Parallelism = ImportDraft.Count(root["n_jobs"]);
        draft.Target(
            "metric", root["metric"], ImportDraft.Text(root["direction"])?.Equals("maximize", StringComparison.OrdinalIgnoreCase) == true ? MetricGoal.Maximize : MetricGoal.Minimize);
        draft.Method = ImportDraft.Text(root["sampler"]) switch
        {
            "TPESampler" => new SearchMethod { Name = SearchMethodName.Tpe },
            "RandomSampler" => new SearchMethod { Name = SearchMethodName.Random },
            "GridSampler" => new SearchMethod { Name = SearchMethodName.Grid },
            "QMCSampler" => new SearchMethod { Name = SearchMethodName.QuasiRandom },
            _ => null,
        };
        draft.Stopping = ImportDraft.Text(root["pruner"]) switch
        {
            "MedianPruner" => new StoppingRule { Name = StoppingRuleName.Median },
            "SuccessiveHalvingPruner" => new StoppingRule { Name = StoppingRuleName.Asha },
            _ => null,
        };
        foreach (var name in new[] { "sampler", "pruner" })
        {
            if (root[name] is { } value && (name == "sampler" ? draft.Method is null : draft.Stopping is null))
            {
                draft.Unmapped(name, UnmappedReason.UnknownValue, ImportDraft.Show(value));
            }
        }

        draft.Rest("", root, "distributions", "n_trials", "n_jobs", "metric", "direction", "sampler", "pruner", "study_name");
    }

    private static void Parameters(ImportDraft draft, string path, JsonObject distributions)
    {
        foreach (var (name, node) in distributions)
        {
            var at = ImportDraft.Join(path, name);
            if (!IsDistribution(node))
            {
                draft.Unmapped(at, UnmappedReason.UnsupportedDistribution, ImportDraft.Show(node));
                continue;
            }

            var kind = ImportDraft.Text(node!["name"])!;
            var attributes = node["attributes"] as JsonObject ?? [];
            var (low, high) = (ImportDraft.Number(attributes["low"]), ImportDraft.Number(attributes["high"]));
            var step = ImportDraft.Number(attributes["step"]) ?? ImportDraft.Number(attributes["q"]);
            var log = attributes["log"] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
            switch (kind)
            {
                case "CategoricalDistribution":
                    draft.Categorical(at, name, attributes["choices"]);
                    break;
                case "FloatDistribution" or "UniformDistribution" or "DiscreteUniformDistribution" or "LogUniformDistribution":
                    draft.Range(at, name, SearchParameterKind.Float, low, high, log || kind == "LogUniformDistribution", step);
                    break;
                case "IntDistribution" or "IntUniformDistribution" or "IntLogUniformDistribution":
                    draft.Range(at, name, SearchParameterKind.Int, low, high, log || kind == "IntLogUniformDistribution", step);
                    break;
                default:
                    draft.Unmapped(at, UnmappedReason.UnsupportedDistribution, kind);
                    break;
            }
        }
    }
}
