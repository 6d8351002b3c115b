using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Store;

namespace Trainyard.Service.Results;

/// <summary>A metric of a run by epoch, ascending.</summary>
internal sealed record Curve(Guid Run, string Metric, IReadOnlyList<MetricValue> Points);

/// <summary>Reads curves, long ones downsampled into buckets of epochs.</summary>
internal sealed class CurveReader(NpgsqlDataSource dataSource)
{
    public const int DefaultPoints = 2000;

    public const int MinimumPoints = 2;
    public const int MaximumPoints = 10_000;

    // All curves have the same buckets (epochs 1 to w, w + 1 to 2 w, ...), so that the points of several runs are at the same epochs. A bucket
    // is its last point, with its minimum and maximum: no peak is lost, and the last point is the latest. Reads the points of the runs by
    // primary key.
    private const string Buckets =
        """
        with chosen as (
            select * from metric_points where run_id = any($1) and ($2::text[] is null or metric = any($2))
        ), bucket as (
            select greatest(1, (max(epoch) + $3 - 1) / $3) as width from chosen
        )
        select run_id, metric, max(epoch), max(step), (array_agg(value order by epoch desc))[1], (array_agg(seconds order by epoch desc))[1],
            min(value), max(value), (select width from bucket)
        from chosen group by run_id, metric, (epoch - 1) / (select width from bucket)
        order by run_id, metric, 3
        """;

    // metrics: The metrics; all if null or empty.
    public async Task<IReadOnlyList<Curve>> ReadAsync(
        IReadOnlyCollection<Guid> runs, IReadOnlyCollection<string>? metrics, int points, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Buckets);
        command.Parameters.Add(new() { Value = runs.ToArray() });
        command.Parameters.Add(new() { Value = metrics is { Count: > 0 } ? metrics.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = points });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var curves = new Dictionary<(Guid Run, string Metric), List<MetricValue>>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = (reader.GetGuid(0), reader.GetString(1));
            if (!curves.TryGetValue(key, out var values))
            {
                curves[key] = values = [];
            }

            double? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
            var bucketed = reader.GetInt32(8) > 1;
            values.Add(new MetricValue
            {
                Epoch = reader.GetInt32(2),
                Step = reader.GetInt64(3),
                Value = Number(4),
                Seconds = Number(5),
                Min = bucketed ? Number(6) : null,
                Max = bucketed ? Number(7) : null,
            });
        }

        return [.. curves.OrderBy(curve => MetricNames.Rank(curve.Key.Metric)).Select(curve => new Curve(curve.Key.Run, curve.Key.Metric, curve.Value))];
    }
}
