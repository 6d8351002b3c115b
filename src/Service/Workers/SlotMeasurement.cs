using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Workers;

// Measures for Worker__Slots=auto, once for each machine and engine: the plan is kept in the data folder, so that a run that is resumed after a restart gets as many
// threads as before, and goes on bit for bit.
internal static class SlotMeasurement
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>The kept plan, else a new one, which takes some seconds and all cores.</summary>
    /// <param name="trainer">The trainer's executable.</param>
    /// <param name="engine">What <c>trainer info</c> printed.</param>
    /// <param name="slots">Trainers side by side.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The trainer cannot measure.</exception>
    public static async Task<SlotPlan> RunAsync(string trainer, string engine, int slots, string dataFolder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(dataFolder, $"slots-{Environment.MachineName}.json");
        if (Kept(file, engine, slots) is { } kept)
        {
            return kept;
        }

        // Alone first: the processes side by side must not share the cores with it.
        var alone = await MeasureAsync(trainer, Environment.ProcessorCount, cancellationToken);
        var side = await Task.WhenAll(Enumerable.Range(0, slots).Select(_ => MeasureAsync(trainer, 1, cancellationToken)));
        var plan = SlotPlan.From(side, alone);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new KeptPlan(engine, slots, plan), SpecJson.Options), cancellationToken);
        return plan;
    }

    // Null: there is none of this engine and number of slots.
    private static SlotPlan? Kept(string file, string engine, int slots)
    {
        try
        {
            return File.Exists(file) && JsonSerializer.Deserialize<KeptPlan>(File.ReadAllText(file), SpecJson.Options) is { } kept && kept.Engine == engine && kept.Slots == slots
                ? kept.Plan
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<StepSpeed>> MeasureAsync(string trainer, int threads, CancellationToken cancellationToken)
    {
        try
        {
            var printed = await TrainerProbe.RunAsync(trainer, ["measure", "--threads", threads.ToString(CultureInfo.InvariantCulture)], Timeout, cancellationToken);
            return JsonSerializer.Deserialize<List<StepSpeed>>(printed, SpecJson.Options) is { Count: > 0 } speeds ? speeds : throw new InvalidOperationException("It printed nothing.");
        }
        catch (Exception exception) when (exception is JsonException or TimeoutException or Win32Exception)
        {
            throw new InvalidOperationException($"'{trainer} measure' failed: {exception.Message}", exception);
        }
    }

    private sealed record KeptPlan(string Engine, int Slots, SlotPlan Plan);
}
