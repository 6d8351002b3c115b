using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;

namespace Trainyard.Service.SystemInfo;

internal static class SystemApi
{
    private static readonly TimeSpan ListedWithin = TimeSpan.FromDays(1);

    private static string Version { get; } =
        typeof(SystemApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static void AddSystemInfo(this WebApplicationBuilder builder) => builder.Services.AddSingleton(provider => new ProcessStart(
        provider.GetRequiredService<TimeProvider>().GetUtcNow()));

    public static void MapSystemInfo(this IEndpointRouteBuilder api)
    {
        // Created now, so that it has the time of the start and not of the first request.
        api.ServiceProvider.GetRequiredService<ProcessStart>();
        api.MapGet("/system", GetAsync).WithName("getSystem").WithTags("System").WithSummary("Get the system status")
            .WithDescription("Versions of service, tensor engine and database; workers; queued and running runs.");
    }

    private static async Task<Ok<SystemStatus>> GetAsync(
        RunsDbContext database,
        NpgsqlDataSource dataSource,
        RunQueue queue,
        StoreOptions store,
        IOptions<ServiceOptions> options,
        ProcessStart start,
        TrainerStatus trainer,
        CancellationToken cancellationToken)
    {
        // Heartbeats have the database's time, and so has their age. One in the future is from before that clock was set back.
        var (now, version) = await ReadServerAsync(dataSource, cancellationToken);
        var workers = await database.Workers.Where(worker => worker.SeenAt > now - ListedWithin).OrderByDescending(worker => worker.StartedAt)
            .ToListAsync(cancellationToken);
        var counts = await database.Runs.Where(run => run.State == RunState.Queued || run.State == RunState.Running || run.State == RunState.Pausing)
            .GroupBy(run => new { run.State, run.Queue }).Select(group => new { group.Key.State, group.Key.Queue, Count = group.Count() }).ToListAsync(cancellationToken);
        var served = await queue.ServedAsync(cancellationToken);
        return TypedResults.Ok(new SystemStatus
        {
            Version = Version,
            Engine = workers.Select(worker => EngineInfo.From(worker.Engine)).FirstOrDefault(engine => engine is not null),
            Store = new StoreInfo { Kind = store.Embedded ? "embedded" : "external", Version = version },
            Role = options.Value.Role.ToString().ToLowerInvariant(),
            StartedAt = start.At,
            Trainer = options.Value.Works ? new TrainerState { Ready = trainer.Current.IsReady, Reason = trainer.Current.Reason, Since = trainer.Current.Since } : null,
            Workers = [.. workers.Select(worker => new WorkerInfo
            {
                Id = worker.Id,
                Host = worker.Host,
                Queues = worker.Queues,
                Slots = worker.Slots,
                OneThreadFlops = EngineInfo.OneThreadFlops(worker.Engine),
                MemoryBytes = worker.MemoryBytes,
                StartedAt = worker.StartedAt,
                SeenAt = worker.SeenAt,
                Alive = (now - worker.SeenAt).Duration() < RunQueue.AliveWithin,
                Problem = worker.Problem,
            })],
            Queue = new QueueInfo
            {
                Queued = counts.Where(row => row.State == RunState.Queued).Sum(row => row.Count),
                WithoutWorker = counts.Where(row => row.State == RunState.Queued && !served.ContainsKey(row.Queue)).Sum(row => row.Count),
                Running = counts.Where(row => row.State != RunState.Queued).Sum(row => row.Count),
            },
        });
    }

    private static async Task<(DateTimeOffset Now, string Version)> ReadServerAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select now(), split_part(current_setting('server_version'), ' ', 1)");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1));
    }

    internal sealed record ProcessStart(DateTimeOffset At);
}
