using Trainyard.Service.Http;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Specs.Events.Forward;

namespace Trainyard.Service.Inspection;

/// <summary>Answers requests about the network of a run's newest checkpoint, or says in a problem why it cannot.</summary>
internal sealed class ForwardSource(RunFiles files, RunReader runs, ForwardPasses passes)
{
    public async Task<IResult> AskAsync(Guid id, InspectionRequest request, CancellationToken cancellationToken)
    {
        if (await files.NewestCheckpointAsync(id, cancellationToken) is not { } checkpoint)
        {
            return await runs.ExistsAsync(id, cancellationToken)
                ? Problem.Create(
                    StatusCodes.Status409Conflict, "no-checkpoint", "The run has no weights here.",
                    $"Run {id} has no checkpoint yet, or its worker keeps it in a data folder that this process does not share.")
                : Problem.UnknownRun(id);
        }

        return await passes.AskAsync(checkpoint, request, cancellationToken) switch
        {
            { Json: { } json } => TypedResults.Bytes(json, "application/json; charset=utf-8"),
            { Wrong: { } wrong } => Problem.Create(StatusCodes.Status400BadRequest, "bad-forward-pass", "The forward pass cannot be shown.", wrong),
            { Failure: { } failure } => Problem.Create(
                StatusCodes.Status409Conflict, "dataset-unreadable", "The dataset cannot be read.", failure.Message, ("code", failure.Code), ("arguments", failure.Arguments)),
            { Busy: { } networks } => Problem.Create(
                StatusCodes.Status429TooManyRequests, "forward-passes-busy", "Too many networks are in use.",
                $"All {networks} networks of ForwardPasses:MaximumNetworks are computing a forward pass; repeat it in a moment.", (Problem.RetryAfterSeconds, 1)),
            var unavailable => Problem.TrainerUnavailable(unavailable.Unavailable!),
        };
    }
}
