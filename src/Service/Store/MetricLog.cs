using Npgsql;
using NpgsqlTypes;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Store;

/// <summary>Stores epoch events as metric points, and the latest and best value of each metric.</summary>
internal static class MetricLog
{
    // The points of one epoch replace those of an earlier attempt. Rows are found by primary key.
    private const string UpsertPoints =
        """
        insert into metric_points (run_id, metric, epoch, step, value, at, seconds)
        select $1, metric, epoch, step, value, at, seconds from unnest($2, $3, $4, $5, $6, $7) as new (metric, epoch, step, value, at, seconds)
        on conflict (run_id, metric, epoch) do update set step = excluded.step, value = excluded.value, at = excluded.at, seconds = excluded.seconds
        returning (xmax <> 0)
        """;

    // The best of the new values against the best so far, without reading older points. $6: the newest epoch. The trend takes up to 32 points by primary key, at
    // distances of a power of two, so that an epoch mostly adds a value and leaves the others.
    private const string UpsertSummaries =
        """
        insert into metric_summaries as old (run_id, metric, latest, best, best_epoch, trend)
        select $1, metric, latest, best, best_epoch, case when metric like '%\_loss' or metric like '%\_accuracy' then array(
            select (select value::real from metric_points as point where point.run_id = $1 and point.metric = new.metric and point.epoch = taken)
            from generate_series(1, $6, (2 ^ greatest(0, ceil(log(2, $6 / 32.0))))::int) as taken order by taken) end
        from unnest($2, $3, $4, $5) as new (metric, latest, best, best_epoch)
        on conflict (run_id, metric) do update set
            latest = excluded.latest,
            trend = excluded.trend,
            (best, best_epoch) = (select best, epoch from (values (old.best, old.best_epoch), (excluded.best, excluded.best_epoch)) as candidate (best, epoch)
                order by case when old.metric like '%\_loss' then best else -best end nulls last, epoch limit 1)
        """;

    // After a replaced point the best so far may be gone: reads all points of the run and metric, by primary key. Rare: only when an
    // attempt repeats epochs of the one before.
    private const string RecomputeBest =
        """
        update metric_summaries as summary set (best, best_epoch) = (
            select value, epoch from metric_points as point
            where point.run_id = summary.run_id and point.metric = summary.metric and value is not null
            order by case when summary.metric like '%\_loss' then value else -value end, epoch limit 1)
        where run_id = $1 and (metric like '%\_loss' or metric like '%\_accuracy')
        """;

    /// <summary>Stores the points of the epoch events among these, in the caller's transaction.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        CancellationToken cancellationToken)
    {
        // The last event of an epoch counts.
        var epochs = events.Where(item => item.Event is EpochEvent).Select(item => (item.At, Epoch: (EpochEvent)item.Event))
            .GroupBy(item => item.Epoch.Epoch).Select(group => group.Last()).ToList();
        if (epochs.Count == 0)
        {
            return;
        }

        var points = epochs.SelectMany(item => Values(item.Epoch).Select(pair => new Point(pair.Metric, item.Epoch.Epoch, item.Epoch.Step, pair.Value, item.At, Finite(item.Epoch.ElapsedSeconds))))
            .ToList();
        var replaced = await WritePointsAsync(connection, transaction, runId, points, cancellationToken);
        await WriteSummariesAsync(connection, transaction, runId, points, cancellationToken);
        if (replaced)
        {
            await using var command = new NpgsqlCommand(RecomputeBest, connection, transaction);
            command.Parameters.Add(new() { Value = runId });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<bool> WritePointsAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid runId, List<Point> points, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(UpsertPoints, connection, transaction);
        command.Parameters.Add(new() { Value = runId });
        command.Parameters.Add(new() { Value = points.ConvertAll(point => point.Metric) });
        command.Parameters.Add(new() { Value = points.ConvertAll(point => point.Epoch) });
        command.Parameters.Add(new() { Value = points.ConvertAll(point => point.Step) });
        command.Parameters.Add(new() { Value = points.ConvertAll(point => point.Value), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double });
        command.Parameters.Add(new() { Value = points.ConvertAll(point => point.At.ToUniversalTime()) });
        command.Parameters.Add(new() { Value = points.ConvertAll(point => point.Seconds), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double });
        var replaced = false;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            replaced |= reader.GetBoolean(0);
        }

        return replaced;
    }

    private static async Task WriteSummariesAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid runId, List<Point> points, CancellationToken cancellationToken)
    {
        var summaries = points.GroupBy(point => point.Metric, StringComparer.Ordinal)
            .Select(group => (Metric: group.Key, Latest: group.Last().Value, Best: Best(group))).ToList();
        await using var command = new NpgsqlCommand(UpsertSummaries, connection, transaction);
        command.Parameters.Add(new() { Value = runId });
        command.Parameters.Add(new() { Value = summaries.ConvertAll(summary => summary.Metric) });
        command.Parameters.Add(new() { Value = summaries.ConvertAll(summary => summary.Latest), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double });
        command.Parameters.Add(new() { Value = summaries.ConvertAll(summary => summary.Best?.Value), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double });
        command.Parameters.Add(new() { Value = summaries.ConvertAll(summary => summary.Best?.Epoch), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = points.Max(point => point.Epoch) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Lower is better for a loss, higher for an accuracy; other metrics have no best. The earliest of equals wins.
    private static Point? Best(IGrouping<string, Point> group)
    {
        var known = group.Where(point => point.Value is not null).OrderBy(point => point.Epoch);
        return group.Key switch
        {
            MetricNames.TrainLoss or MetricNames.ValidationLoss => known.MinBy(point => point.Value),
            MetricNames.TrainAccuracy or MetricNames.ValidationAccuracy => known.MaxBy(point => point.Value),
            _ => null,
        };
    }

    private static IEnumerable<(string Metric, double? Value)> Values(EpochEvent epoch)
    {
        yield return (MetricNames.TrainLoss, Finite(epoch.TrainLoss));
        yield return (MetricNames.TrainAccuracy, Finite(epoch.TrainAccuracy));
        yield return (MetricNames.ValidationLoss, Finite(epoch.ValidationLoss));
        yield return (MetricNames.ValidationAccuracy, Finite(epoch.ValidationAccuracy));
        yield return (MetricNames.LearningRate, Finite(epoch.LearningRate));
        yield return (MetricNames.ImagesPerSecond, Finite(epoch.ImagesPerSecond));
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private sealed record Point(string Metric, int Epoch, long Step, double? Value, DateTimeOffset At, double? Seconds);
}

/// <summary>The metrics of a run.</summary>
internal static class MetricNames
{
    public const string TrainLoss = "train_loss";
    public const string TrainAccuracy = "train_accuracy";
    public const string ValidationLoss = "validation_loss";
    public const string ValidationAccuracy = "validation_accuracy";
    public const string LearningRate = "learning_rate";
    public const string ImagesPerSecond = "images_per_second";

    /// <summary>All metrics, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } =
        [TrainLoss, TrainAccuracy, ValidationLoss, ValidationAccuracy, LearningRate, ImagesPerSecond];

    /// <summary>Position of a metric in <see cref="All"/>; unknown ones come last.</summary>
    public static int Rank(string metric)
    {
        for (var place = 0; place < All.Count; place++)
        {
            if (All[place] == metric)
            {
                return place;
            }
        }

        return All.Count;
    }
}
