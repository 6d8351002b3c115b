using Npgsql;
using Trainyard.Service.Compare;
using Trainyard.Service.Store;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Runs;

/// <summary>Columns to choose from: the catalog's parameters, others in which runs differ, and the metrics that runs have.</summary>
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

    // Two looks into the index for each parameter that some run has: its smallest and its largest value.
    private const string DifferingParameters =
        """
        select pointer, jsonb_typeof(low.value) from spec_pointers
        cross join lateral (select value from run_parameters where parameter = id order by value limit 1) as low
        cross join lateral (select value from run_parameters where parameter = id order by value desc limit 1) as high
        where low.value <> high.value order by pointer
        """;

    private static readonly TechniqueKind[] Techniques =
    [
        TechniqueKind.Dataset, TechniqueKind.Activation, TechniqueKind.Initialization, TechniqueKind.Optimizer, TechniqueKind.Schedule, TechniqueKind.WeightDecay,
        TechniqueKind.GradientClipping,
    ];

    private static readonly IReadOnlyList<ParameterColumn> Parameters =
    [
        .. SpecFields.All.Where(field => !field.Pointer.Contains('*')).Select(field => Column(field.Pointer, field.Definition.Kind)),
        .. Techniques.SelectMany(kind => TechniqueCatalog.OfKind(kind)
            .SelectMany(known => known.Parameters.Select(parameter => Column($"{known.Pointer}/{parameter.Name}", parameter.Kind))
                .Prepend(Column($"{known.Pointer}/name", ParameterKind.Choice)))
            .DistinctBy(column => column.Pointer, StringComparer.Ordinal)),
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

        return new RunColumns
        {
            Metrics = [.. metrics.Distinct(StringComparer.Ordinal)],
            Parameters = [.. Parameters.Concat(await DifferingAsync(cancellationToken)).DistinctBy(parameter => parameter.Pointer, StringComparer.Ordinal)],
        };
    }

    private async Task<List<ParameterColumn>> DifferingAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(DifferingParameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<ParameterColumn> parameters = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            var kind = reader.GetString(1) switch
            {
                "number" => ParameterKind.Number,
                "boolean" => ParameterKind.Boolean,
                "array" => ParameterKind.Numbers,
                _ => ParameterKind.Text,
            };
            parameters.Add(Column(reader.GetString(0), kind));
        }

        return parameters;
    }

    private static ParameterColumn Column(string pointer, ParameterKind kind) => new() { Pointer = pointer, Label = SpecLabels.Of(pointer), Kind = kind };
}
