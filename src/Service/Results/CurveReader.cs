using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Results;

/// <summary>Reads curves, long ones as buckets of some epochs each.</summary>
internal sealed class CurveReader(NpgsqlDataSource dataSource)
{
    /// <summary>Points of a curve that are sent unless more or fewer are asked for.</summary>
    public const int DefaultPoints = 2000;

    /// <summary>Fewest points of a curve that may be asked for.</summary>
    public const int MinimumPoints = 2;

    /// <summary>Most points of a curve that may be asked for: as many as the longest run has epochs.</summary>
    public const int MaximumPoints = 10_000;

    // All curves have the same buckets (epochs 1 to w, w + 1 to 2 w, ...), so that points of several runs stand at the same epochs. A bucket
    // is shown as its last point, which is a true one, with the lowest and highest value in it: no peak is lost, and the last point is the
    // newest. Reads the points of the runs by primary key, no others.
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

    /// <summary>400: a number of points that is not allowed.</summary>
    public static ProblemHttpResult BadPoints(int points) => Problem.BadParameter("points", $"{points}", $"{MinimumPoints} to {MaximumPoints}");

    /// <summary>The curves of some runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="metrics">The metrics; null: all.</param>
    /// <param name="points">At most this many points a curve.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<Curve>> ReadAsync(
        IReadOnlyCollection<Guid> runs, IReadOnlyCollection<string>? metrics, int points, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Buckets);
        command.Parameters.Add(new() { Value = runs.ToArray() });
        command.Parameters.Add(new() { Value = (object?)metrics?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
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
