using System.ComponentModel;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;

namespace Trainyard.Service.Workers;

// Trains runs until the service stops: checks the trainer, registers the worker, and starts Hangfire's server. While the trainer does not work, this process
// claims nothing, so that runs wait for a worker that can train them; TrainerStatus has the reason. It stops as soon as the application does: the web server,
// which is stopped before it, may wait for open connections.
internal sealed partial class WorkerService(
    RunWorker worker,
    WorkerRegistration registration,
    TrainerLocation location,
    TrainerStatus status,
    WarmTrainers warm,
    SlotClaims slots,
    IOptions<ServiceOptions> options,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<WorkerService> logger) : BackgroundService
{
    private static readonly TimeSpan TrainerRetry = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var stopping = either.Token;
        try
        {
            var engine = await PlanSlotsAsync(await CheckTrainerAsync(stopping), stopping);
            await TakeBackAsync(stopping);
            using var ended = new CancellationTokenSource();
            var heartbeat = registration.HeartbeatAsync(engine, ended.Token);
            using (var server = services.StartHangfireServer(worker))
            {
                LogStarted(worker.Id, worker.Options.Queues, worker.Options.SlotCount, engine);
                await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

                // The jobs end by themselves: each requeues its run and returns.
                server.SendStop();
                var ending = warm.DisposeAsync();
                await server.WaitForShutdownAsync(CancellationToken.None);
                await ending;
            }

            await ended.CancelAsync();
            await heartbeat;
            await registration.DeregisterAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped before the trainer worked.
        }
    }

    // With slots=auto: returns the engine's description with the plan. Where it cannot be measured, every run takes all slots.
    private async Task<string> PlanSlotsAsync(string engine, CancellationToken stopping)
    {
        if (!worker.Options.HasAutoSlots)
        {
            return engine;
        }

        SlotPlan plan;
        try
        {
            plan = await SlotMeasurement.RunAsync(location.Find(out _)!, engine, worker.Options.SlotCount, options.Value.DataPath, stopping);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            LogNotMeasured(exception.Message);
            plan = new SlotPlan { OneThreadFlops = 0, Sizes = [] };
        }

        slots.Plan = plan;
        var described = JsonNode.Parse(engine)!.AsObject();
        described["slotPlan"] = JsonNode.Parse(plan.ToJson().GetRawText());
        return described.ToJsonString();
    }

    private async Task TakeBackAsync(CancellationToken stopping)
    {
        try
        {
            await registration.TakeBackOfDeadProcessesAsync(stopping);
        }
        catch (Exception exception) when (StoreFailure.IsUnavailable(exception))
        {
            LogNotTakenBack(exception.Message);
        }
    }

    private async Task<string> CheckTrainerAsync(CancellationToken stopping)
    {
        string? logged = null;
        while (true)
        {
            if (location.Find(out var reason) is { } trainer)
            {
                try
                {
                    var engine = await TrainerProbe.RunAsync(trainer, stopping);
                    status.SetReady();
                    return engine;
                }
                catch (Exception exception) when (exception is InvalidOperationException or TimeoutException or Win32Exception)
                {
                    reason = string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                }
            }

            status.SetUnavailable(reason);
            if (reason != logged)
            {
                LogNoTrainer(logged = reason);
            }

            await Task.Delay(TrainerRetry, clock, stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Id} started: queues {Queues}, {Slots} slots; trainer: {Engine}")]
    private partial void LogStarted(string id, string queues, int slots, string engine);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Runs of dead processes continue after their lease: {Reason}")]
    private partial void LogNotTakenBack(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slots were not measured, so that runs are trained one at a time: {Reason}")]
    private partial void LogNotMeasured(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "This process trains no runs: {Reason}")]
    private partial void LogNoTrainer(string reason);
}
