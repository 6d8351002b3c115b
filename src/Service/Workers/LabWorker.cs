using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Hangfire;
using Microsoft.Extensions.Options;
using Trainyard.Service.Labs;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;

namespace Trainyard.Service.Workers;

/// <summary>The Hangfire job of a request of a lab. It carries its id and nothing else; a job that is delivered twice, or late, finds nothing to claim.</summary>
internal sealed class LabJob(LabWorker worker)
{
    // On the thread pool, as TrainingJob.
    [AutomaticRetry(Attempts = 0)]
    [JobDisplayName("Answer {0} of a lab")]
    public Task RunAsync(Guid id) => Task.Run(() => worker.RunAsync(id));
}

/// <summary>Claims requests of labs and answers each with a trainer process of its own, for the jobs that Hangfire delivers.</summary>
internal sealed partial class LabWorker(
    LabQueue queue,
    RunWorker worker,
    TrainerLocation trainer,
    IOptions<LabOptions> options,
    IOptions<TrainerOptions> trainerOptions,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<LabWorker> logger)
{
    // Beyond the time limit: for the start of the process and the writing of the result.
    private static readonly TimeSpan LeaseMargin = TimeSpan.FromSeconds(15);

    private readonly TimeSpan timeLimit = TimeSpan.FromSeconds(options.Value.TimeLimitSeconds);

    public async Task RunAsync(Guid id)
    {
        try
        {
            var shutdown = lifetime.ApplicationStopping;
            if (shutdown.IsCancellationRequested || await queue.ClaimAsync(id, worker.Id, timeLimit + LeaseMargin, CancellationToken.None) is not { } claim)
            {
                return;
            }

            var ending = await AnswerAsync(claim, shutdown);
            if (ending.Reason is { } reason)
            {
                LogFailed(claim.Lab, id, RunMessageText.From(reason.Code, reason.Arguments));
            }

            await queue.EndAsync(claim, ending, options.Value.KeptResults, CancellationToken.None);
        }
        catch (Exception exception) when (StoreFailure.IsUnavailable(exception))
        {
            // The lease expires, and the request is queued again.
            LogNotStored(id, exception.Message);
        }
    }

    // When the service stops, the trainer is killed and the request is queued again.
    private async Task<LabEnding> AnswerAsync(LabClaim claim, CancellationToken shutdown)
    {
        if (LabCatalog.Find(claim.Lab) is not { } lab)
        {
            return Failed(FailureClass.Unsupported, RunMessageCode.SpecRejected, ("detail", $"There is no lab '{claim.Lab}'."));
        }

        if (trainer.Find(out var missing) is not { } executable)
        {
            return Failed(FailureClass.Crashed, RunMessageCode.TrainerNotStarted, ("path", trainerOptions.Value.Path), ("detail", missing));
        }

        try
        {
            var memory = options.Value.MemoryMegabytes << 20;
            var limits = new TrainerLimits(timeLimit, memory, LabOptions.MaximumResultBytes, trainerOptions.Value.OomScoreAdjust);
            var answer = await TrainerCommand.RunAsync(executable, ["lab", lab.Name], Encoding.UTF8.GetBytes(claim.Request), limits, clock, shutdown);
            return answer.Exceeded switch
            {
                TrainerLimit.Time => Failed(FailureClass.Timeout, RunMessageCode.LabTimeLimitExceeded, ("limitSeconds", options.Value.TimeLimitSeconds)),
                TrainerLimit.Memory => Failed(FailureClass.OutOfMemory, RunMessageCode.MemoryLimitExceeded, ("usedBytes", answer.UsedBytes), ("limitBytes", memory)),
                TrainerLimit.Output => Failed(FailureClass.Crashed, RunMessageCode.TrainerProtocolError, ("detail", $"more than {LabOptions.MaximumResultBytes} bytes")),
                _ => Ended(lab, answer),
            };
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
            return new LabEnding(null, null, null);
        }
        catch (Win32Exception exception)
        {
            return Failed(FailureClass.Crashed, RunMessageCode.TrainerNotStarted, ("path", executable), ("detail", exception.Message));
        }
    }

    private static LabEnding Ended(LabDefinition lab, TrainerAnswer answer)
    {
        const int SignalBase = 128;
        const int Sigkill = 9;
        try
        {
            switch (answer.ExitCode)
            {
                case TrainerExitCode.Finished:
                    // Only what the record describes is kept.
                    var result = JsonSerializer.Deserialize(answer.Output, lab.Result, SpecJson.Options);
                    return result is null ? Invalid("null") : new LabEnding(JsonSerializer.Serialize(result, lab.Result, SpecJson.Options), null, null);
                case TrainerExitCode.Failed when JsonSerializer.Deserialize<RunEvent>(answer.Output, SpecJson.Options) is FailedEvent failed:
                    return new LabEnding(null, failed.Class, RunReason.From(failed));
                case TrainerExitCode.InvalidInput or TrainerExitCode.Usage:
                    return Failed(FailureClass.Unsupported, RunMessageCode.SpecRejected, ("detail", answer.Errors));
                case SignalBase + Sigkill when answer.OomKillerSeen:
                    return Failed(FailureClass.OutOfMemory, RunMessageCode.OomKilled);
            }
        }
        catch (JsonException exception)
        {
            return Invalid(exception.Message);
        }

        return Failed(
            FailureClass.Crashed, RunMessageCode.TrainerCrashed,
            ("exitCode", answer.ExitCode), ("signal", answer.ExitCode > SignalBase ? answer.ExitCode - SignalBase : null), ("detail", answer.Errors.Length == 0 ? null : answer.Errors));
    }

    private static LabEnding Invalid(string detail) => Failed(FailureClass.Crashed, RunMessageCode.TrainerProtocolError, ("detail", detail));

    private static LabEnding Failed(FailureClass failure, RunMessageCode code, params (string Name, object? Value)[] arguments) =>
        new(null, failure, RunReason.From(code, arguments));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lab {Lab} has no result for request {Id}: {Reason}")]
    private partial void LogFailed(string lab, Guid id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of request {Id} of a lab is not stored: {Reason}")]
    private partial void LogNotStored(Guid id, string reason);
}
