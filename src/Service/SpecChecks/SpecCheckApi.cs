using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Queue;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.SpecChecks;

/// <summary>The result of validating a spec.</summary>
public sealed record SpecCheck
{
    /// <summary>Whether the spec can be submitted.</summary>
    public required bool Valid { get; init; }

    /// <summary>All findings, errors first.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    /// <summary>Canonical spec, with all defaults; null if invalid.</summary>
    public required ExperimentSpec? Spec { get; init; }

    /// <summary>Layer table up to the first layer whose shape does not fit; empty if the model is not specified.</summary>
    public required IReadOnlyList<LayerRow> Layers { get; init; }

    /// <summary>First layer whose shape does not fit; null if all do.</summary>
    public required BrokenLayer? BrokenLayer { get; init; }

    /// <summary>Trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of the forward pass of one sample.</summary>
    public required long FlopsPerSample { get; init; }

    /// <summary>Estimated peak memory of training, in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Expected seconds per epoch with validation: the median of the most similar runs on this installation; null without such runs.</summary>
    public required double? ExpectedSecondsPerEpoch { get; init; }

    /// <summary>Expected seconds of the whole run, from the start of its process to the final evaluation; null without similar runs.</summary>
    public required double? ExpectedSeconds { get; init; }
}

/// <summary>Validates specs without submitting them.</summary>
internal static class SpecCheckApi
{
    public static void AddSpecChecks(this WebApplicationBuilder builder) => builder.Services.AddSingleton<SpeedHistory>();

    public static void MapSpecChecks(this IEndpointRouteBuilder api) => api.MapPost("/specs/check", CheckAsync).RequireScope(AccessScope.Read)
        .WithName("checkSpec").WithTags("Specs").WithSummary("Validate a spec without submitting it")
        .WithDescription(
            "Reports all findings at once, each with JSON pointer, value, allowed values and a fix; the layer table up to the first layer that does not fit; "
            + "and the cost of a valid spec.")
        .Accepts<ExperimentSpecInput>("application/json").WithMetadata(new RequestSizeLimitAttribute(SpecReader.MaximumBytes))
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).WithSpecExamples();

    private static async Task<Results<Ok<SpecCheck>, ProblemHttpResult>> CheckAsync(
        HttpRequest request, SpecLimitSource limits, SpeedHistory speed, RunQueue queue, CancellationToken cancellationToken)
    {
        var reading = await SpecBody.ReadAsync(request, await limits.CurrentAsync(cancellationToken), cancellationToken);
        if (reading.Malformed)
        {
            return BodyProblem.From(reading);
        }

        var expected = reading.IsValid ? await speed.ExpectAsync(reading.Spec, reading.Plan, cancellationToken) : null;
        return TypedResults.Ok(new SpecCheck
        {
            Valid = reading.IsValid,
            Findings = [.. reading.Findings, .. LongerThanLimit(reading.Spec, expected?.SecondsPerEpoch), .. await WithoutWorkerAsync(reading, queue, cancellationToken)],
            Spec = reading.Spec,
            Layers = reading.Layers,
            BrokenLayer = reading.BrokenLayer,
            Parameters = reading.Plan?.Parameters ?? 0,
            FlopsPerSample = reading.Plan?.Flops ?? 0,
            MemoryBytes = reading.IsValid ? TrainingCost.MemoryBytes(reading.Spec, reading.Plan) : 0,
            ExpectedSecondsPerEpoch = expected?.SecondsPerEpoch,
            ExpectedSeconds = expected?.Seconds(reading.Spec!.Training.Epochs),
        });
    }

    // A warning when training will probably reach its time limit.
    private static IEnumerable<SpecFinding> LongerThanLimit(ExperimentSpec? spec, double? secondsPerEpoch)
    {
        const string Pointer = "/training/timeLimitSeconds";
        var expected = secondsPerEpoch * spec?.Training.Epochs;
        return spec?.Training.TimeLimitSeconds is { } limit && expected > limit
            ? [SpecFinding.Warning(
                Pointer, $"{limit}", SpecFindingCode.LongerThanLimit,
                ("expectedSeconds", expected), ("limitSeconds", limit), ("suggested", Math.Min(SpecLimits.MaximumTimeLimitSeconds, Math.Ceiling(1.5 * expected.Value))))]
            : [];
    }

    private static async Task<IReadOnlyList<SpecFinding>> WithoutWorkerAsync(SpecReading reading, RunQueue queue, CancellationToken cancellationToken) =>
        reading.Spec is { Training.Device: Device.Cuda } && !(await queue.ServedAsync(cancellationToken)).ContainsKey("cuda")
            ? [SpecFinding.Warning("/training/device", "\"cuda\"", SpecFindingCode.NoWorkerForDevice, ("device", "cuda"))]
            : [];
}
