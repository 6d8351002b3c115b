using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Runs;

/// <summary>Additional columns of the run list, also available for sorting.</summary>
public sealed record RunColumns
{
    /// <summary>Metrics: those of every run, and others that any run has.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>
    /// Parameters: those of the catalog outside of lists, then others in which runs differ. A pointer with <c>*</c> stands for the values of all items, sorted by
    /// their number and then by the values.
    /// </summary>
    public required IReadOnlyList<ParameterColumn> Parameters { get; init; }
}

/// <summary>A parameter of specs as a column.</summary>
public sealed record ParameterColumn
{
    /// <summary>JSON pointer into the canonical spec; the column is <c>param.</c> and the pointer with dots.</summary>
    public required string Pointer { get; init; }

    /// <summary>Label in English.</summary>
    public required string Label { get; init; }

    /// <summary>Type of the value.</summary>
    public required ParameterKind Kind { get; init; }
}

/// <summary>Reads the available columns.</summary>
internal sealed class ColumnCatalog(NpgsqlDataSource dataSource)
{
    // Loose index scan: one step per metric, not one per run.
    private const string SeenMetrics =
        """
        with recursive seen as (
            (select metric from metric_summaries order by metric limit 1)
            union all
            select (select metric from metric_summaries where metric > seen.metric order by metric limit 1) from seen where seen.metric is not null
        )
        select metric from seen where metric is not null
        """;

    // Two index lookups per parameter: its smallest and its largest value.
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

    private static ParameterColumn Column(string pointer, ParameterKind kind) => new() { Pointer = pointer, Label = SpecLabels.For(pointer), Kind = kind };
}
