using Npgsql;
using Trainyard.Service.Compare;
using Trainyard.Service.Store;
using Trainyard.Specs;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Lists;

/// <summary>Columns to choose from: the catalog's parameters, and the metrics that runs have.</summary>
internal sealed class ColumnCatalog(NpgsqlDataSource dataSource)
{
    // One step through the index for each metric, not one for each run.
    private const string SeenMetrics =
        """
        with recursive seen as (
            (select metric from metric_summaries order by metric limit 1)
            union all
            select (select metric from metric_summaries where metric > seen.metric order by metric limit 1) from seen where seen.metric is not null
        )
        select metric from seen where metric is not null
        """;

    private static readonly (TechniqueKind Kind, string Pointer)[] Techniques =
    [
        (TechniqueKind.Dataset, "/data/dataset"), (TechniqueKind.Activation, "/model/activation"), (TechniqueKind.Initialization, "/model/initialization"),
        (TechniqueKind.Optimizer, "/training/optimizer"), (TechniqueKind.Schedule, "/training/schedule"), (TechniqueKind.WeightDecay, "/training/weightDecay"),
        (TechniqueKind.GradientClipping, "/training/gradientClipping"),
    ];

    private static readonly IReadOnlyList<ParameterColumn> Parameters =
    [
        .. SpecFields.All.Where(field => !field.Pointer.Contains('*')).Select(field => Column(field.Pointer, field.Definition.Kind)),
        .. Techniques.SelectMany(technique => TechniqueCatalog.Of(technique.Kind).SelectMany(known => known.Parameters)
            .DistinctBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => Column($"{technique.Pointer}/{parameter.Name}", parameter.Kind))
            .Prepend(Column($"{technique.Pointer}/name", ParameterKind.Choice))),
    ];

    /// <summary>All columns.</summary>
    public async Task<RunColumns> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SeenMetrics);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> metrics = [.. MetricNames.All];
        while (await reader.ReadAsync(cancellationToken))
        {
            metrics.Add(reader.GetString(0));
        }

        return new RunColumns { Metrics = [.. metrics.Distinct(StringComparer.Ordinal)], Parameters = Parameters };
    }

    private static ParameterColumn Column(string pointer, ParameterKind kind) => new() { Pointer = pointer, Label = SpecLabels.Of(pointer), Kind = kind };
}
