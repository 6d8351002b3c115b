using System.Text.Json;
using Npgsql;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.SpecChecks;

/// <summary>Estimates training time from the throughput of similar runs on this installation.</summary>
internal sealed class SpeedHistory(NpgsqlDataSource dataSource)
{
    // $1 queue, $2 kind of model, $3 precision, $4 training FLOPs per sample. Small networks are limited by overhead, not by arithmetic, so only runs within
    // a factor of 4 are similar. The first epoch and runs below 2 s mostly measure start-up. Reads the latest 200 succeeded runs of the queue from the index of
    // states, and the points of at most 20 by primary key.
    private const string MedianFlopsPerSecond =
        """
        with latest as (
            select id, training_flops, elapsed_seconds, spec from runs where state = 'succeeded' and queue = $1 order by id desc limit 200
        ), similar_run as (
            select id, training_flops from latest
            where training_flops between $4 / 4 and $4 * 4 and elapsed_seconds >= 2 and spec #>> '{model,kind}' = $2 and spec #>> '{training,precision}' = $3
            order by id desc limit 20
        ), speed as (
            select training_flops * percentile_cont(0.5) within group (order by value) as flops_per_second
            from similar_run join metric_points on run_id = id and metric = 'images_per_second' and epoch > 1 and value > 0
            group by id, training_flops
        )
        select percentile_cont(0.5) within group (order by flops_per_second) from speed
        """;

    /// <summary>Seconds of one epoch without validation; null without similar runs.</summary>
    public async Task<double?> SecondsPerEpochAsync(ExperimentSpec spec, ModelPlan plan, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(MedianFlopsPerSecond);
        command.Parameters.Add(new() { Value = Name(spec.Training.Device) });
        command.Parameters.Add(new() { Value = Name(spec.Model.Kind) });
        command.Parameters.Add(new() { Value = Name(spec.Training.Precision) });
        command.Parameters.Add(new() { Value = TrainingCost.FlopsPerEpoch(plan, 1) });
        var samples = spec.Data.LearnedSamples(DatasetShape.From(spec.Data.Dataset).TrainSamples);
        return await command.ExecuteScalarAsync(cancellationToken) is double flopsPerSecond ? TrainingCost.FlopsPerEpoch(plan, samples) / flopsPerSecond : null;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
