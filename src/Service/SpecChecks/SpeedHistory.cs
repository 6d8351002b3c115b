using System.Text.Json;
using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.SpecChecks;

/// <summary>Estimates the time of a run from that of similar runs on this installation.</summary>
internal sealed class SpeedHistory(NpgsqlDataSource dataSource)
{
    // $1 queue, $2 kind of model, $3 precision, $4 training FLOPs per sample, $5 the factor on them within which runs are read. Reads the latest 200 succeeded runs of
    // the queue from the index of states, and the first and the last point of at most 20 by primary key: the nearest ones, in steps of a factor of 4, the latest
    // first. Runs of several attempts have waited in between.
    private const string PastRuns =
        """
        with latest as (
            select id, training_flops, spec, attempt, extract(epoch from finished_at - started_at)::double precision as wall
            from runs where state = 'succeeded' and queue = $1 order by id desc limit 200
        ), past_run as (
            select * from latest
            where attempt = 1 and training_flops between $4 / $5 and $4 * $5 and spec #>> '{model,kind}' = $2 and spec #>> '{training,precision}' = $3
            order by floor(abs(ln(training_flops / $4)) / ln(4)), id desc limit 20
        )
        select spec, training_flops, wall, first.epoch, first.seconds, last.epoch, last.seconds
        from past_run
        join lateral (select epoch, seconds from metric_points where run_id = id and metric = 'train_loss' order by epoch limit 1) as first on true
        join lateral (select epoch, seconds from metric_points where run_id = id and metric = 'train_loss' order by epoch desc limit 1) as last on true
        where wall is not null and last.epoch > first.epoch and last.seconds > first.seconds
        order by id desc
        """;

    private const double Similar = 4;

    // Farther runs tell nothing about each other: steps, not arithmetic, limit small networks.
    private const double Comparable = 1000;

    /// <summary>Null without similar runs.</summary>
    public async Task<ExpectedTime?> ExpectAsync(ExperimentSpec spec, ModelPlan plan, CancellationToken cancellationToken) =>
        ExpectedTime.From(spec, plan, await ReadAsync(spec, plan, Similar, cancellationToken));

    /// <summary>Training operations per second of the runs of the same kind of network and precision that are nearest in operations per sample; null without any.</summary>
    public async Task<double?> FlopsPerSecondAsync(ExperimentSpec spec, ModelPlan plan, CancellationToken cancellationToken) =>
        ExpectedTime.FlopsPerSecond(plan, await ReadAsync(spec, plan, Comparable, cancellationToken));

    private async Task<IReadOnlyList<PastRun>> ReadAsync(ExperimentSpec spec, ModelPlan plan, double within, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(PastRuns);
        command.Parameters.Add(new() { Value = Name(spec.Training.Device) });
        command.Parameters.Add(new() { Value = Name(spec.Model.Kind) });
        command.Parameters.Add(new() { Value = Name(spec.Training.Precision) });
        command.Parameters.Add(new() { Value = TrainingCost.FlopsPerEpoch(plan, 1) });
        command.Parameters.Add(new() { Value = within });
        var past = new List<PastRun>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            past.Add(new PastRun(
                StoredSpec.Read(reader.GetFieldValue<JsonElement>(0)).Spec, reader.GetDouble(1), reader.GetDouble(2),
                (reader.GetInt32(3), reader.GetDouble(4)), (reader.GetInt32(5), reader.GetDouble(6))));
        }

        return past;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
