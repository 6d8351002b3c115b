using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Trainyard.Studies.Import;

/// <summary>Imports search-space files of other tools, YAML or JSON.</summary>
public static class SearchSpaceImport
{
    /// <summary>Reads a file; its format is told by its members. Never throws for the text.</summary>
    /// <param name="text">The file.</param>
    public static ImportedSpace Read(string text)
    {
        try
        {
            return YamlDocument.Read(text) switch
            {
                JsonObject root when root["hyperparameters"] is JsonObject => DeterminedExperiment.Read(root),
                JsonObject root when root["parameters"] is JsonObject => WandbSweep.Read(root),
                JsonObject root when root["distributions"] is JsonObject || root.Any(member => OptunaDistributions.IsDistribution(member.Value)) => OptunaDistributions.Read(root),
                _ => Nothing(UnmappedReason.UnknownFormat, ""),
            };
        }
        catch (YamlException exception)
        {
            return Nothing(UnmappedReason.Unreadable, $"{exception.Message} ({exception.Start.Line}:{exception.Start.Column})");
        }
    }

    private static ImportedSpace Nothing(UnmappedReason reason, string detail) => new()
    {
        Format = null,
        Space = null,
        Constants = [],
        Method = null,
        Metric = null,
        Stopping = null,
        Trials = null,
        Parallelism = null,
        Unmapped = [new UnmappedSetting("", reason, detail)],
    };
}
