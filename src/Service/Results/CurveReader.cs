using System.Runtime.CompilerServices;
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

    // Points of all curves of an answer: curves of many runs have fewer points each.
    private const int MaximumTotalPoints = 100_000;

    // Epochs of a table that are in memory at a time.
    private const int RowGroup = 500;

    // All curves have the same buckets (epochs 1 to w, w + 1 to 2 w, ...), so that the points of several runs are at the same epochs. A bucket
    // is its last point, with its minimum and maximum: no peak is lost, and the last point is the latest. Reads the points of the runs by
    // primary key. Only the part whose condition on the width is true is executed: buckets of one epoch need no aggregation.
    private const string Buckets =
        """
        with chosen as (
            select * from metric_points where run_id = any($1) and ($2::text[] is null or metric = any($2))
        ), bucket as (
            select greatest(1, (max(epoch) + $3 - 1) / $3) as width from chosen
        )
        select run_id, metric, epoch, step, value, seconds, null, null from chosen where (select width from bucket) = 1
        union all
        select run_id, metric, max(epoch), max(step), (array_agg(value order by epoch desc))[1], (array_agg(seconds order by epoch desc))[1], min(value), max(value)
        from chosen where (select width from bucket) > 1 group by run_id, metric, (epoch - 1) / (select width from bucket)
        order by run_id, metric, epoch
        """;

    // metrics: The metrics; all if null or empty.
    public async Task<IReadOnlyList<Curve>> ReadAsync(
        IReadOnlyCollection<Guid> runs, IReadOnlyCollection<string>? metrics, int points, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Buckets);
        command.Parameters.Add(new() { Value = runs.ToArray() });
        command.Parameters.Add(new() { Value = metrics is { Count: > 0 } ? metrics.ToArray() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var curveCount = runs.Count * (metrics is { Count: > 0 } ? metrics.Count : MetricNames.All.Count);
        command.Parameters.Add(new() { Value = Math.Min(points, Math.Max(MinimumPoints, MaximumTotalPoints / curveCount)) });
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
            values.Add(new MetricValue
            {
                Epoch = reader.GetInt32(2),
                Step = reader.GetInt64(3),
                Value = Number(4),
                Seconds = Number(5),
                Min = Number(6),
                Max = Number(7),
            });
        }

        return [.. curves.OrderBy(curve => MetricNames.Rank(curve.Key.Metric)).Select(curve => new Curve(curve.Key.Run, curve.Key.Metric, curve.Value))];
    }

    /// <summary>The metrics of a run that have values, and its last epoch with one.</summary>
    public async Task<(IReadOnlyList<string> Metrics, int LastEpoch)> MetricsAsync(Guid run, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select metric, coalesce((select max(epoch) from metric_points as point where point.run_id = summary.run_id and point.metric = summary.metric), 0)
            from metric_summaries as summary where run_id = $1
            """);
        command.Parameters.Add(new() { Value = run });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            found[reader.GetString(0)] = reader.GetInt32(1);
        }

        return ([.. found.Keys.OrderBy(MetricNames.Rank)], found.Values.DefaultIfEmpty().Max());
    }

    // The values of the metrics by epoch, without downsampling: step, seconds and one value for each metric. Read by primary key for some epochs at a time, while
    // they are enumerated.
    public async IAsyncEnumerable<(int Epoch, long Step, double? Seconds, double?[] Values)> RowsAsync(
        Guid run, IReadOnlyList<string> metrics, int lastEpoch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = metrics.Index().ToDictionary(metric => metric.Item, metric => metric.Index, StringComparer.Ordinal);
        for (var first = 0; first <= lastEpoch; first += RowGroup)
        {
            var rows = new SortedDictionary<int, (long Step, double? Seconds, double?[] Values)>();
            await using (var command = dataSource.CreateCommand(
                "select metric, epoch, step, seconds, value from metric_points where run_id = $1 and metric = any($2) and epoch between $3 and $4"))
            {
                command.Parameters.Add(new() { Value = run });
                command.Parameters.Add(new() { Value = metrics.ToArray() });
                command.Parameters.Add(new() { Value = first });
                command.Parameters.Add(new() { Value = first + RowGroup - 1 });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    var epoch = reader.GetInt32(1);
                    if (!rows.TryGetValue(epoch, out var row))
                    {
                        rows[epoch] = row = (reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetDouble(3), new double?[metrics.Count]);
                    }

                    row.Values[index[reader.GetString(0)]] = reader.IsDBNull(4) ? null : reader.GetDouble(4);
                }
            }

            foreach (var (epoch, (step, seconds, values)) in rows)
            {
                yield return (epoch, step, seconds, values);
            }
        }
    }
}
