using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;

namespace Trainyard.Service.SystemInfo;

/// <summary>Says what is at work: versions, store, workers.</summary>
internal static class SystemApi
{
    // Workers say that they live every few seconds; this leaves room for a database that was away.
    private static readonly TimeSpan AliveWithin = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan ListedWithin = TimeSpan.FromDays(1);

    /// <summary>Adds what the endpoint needs.</summary>
    public static void AddSystemInfo(this WebApplicationBuilder builder) => builder.Services.AddSingleton(provider => new ProcessStart
    {
        At = provider.GetRequiredService<TimeProvider>().GetUtcNow(),
    });

    /// <summary>Maps <c>/system</c>.</summary>
    public static void MapSystemInfo(this IEndpointRouteBuilder api)
    {
        // Made now, so that it holds the time of the start and not of the first question.
        api.ServiceProvider.GetRequiredService<ProcessStart>();
        api.MapGet("/system", ShowAsync).WithName("getSystem").WithTags("System").WithSummary("What is at work: versions, store, workers");
    }

    private static async Task<Ok<SystemStatus>> ShowAsync(
        RunsDbContext database,
        NpgsqlDataSource dataSource,
        StoreOptions store,
        IOptions<ServiceOptions> options,
        ProcessStart start,
        TrainerStatus trainer,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var workers = await database.Workers.Where(worker => worker.SeenAt > now - ListedWithin).OrderByDescending(worker => worker.StartedAt)
            .ToListAsync(cancellationToken);
        var counts = await database.Runs.Where(run => run.State == RunState.Queued || run.State == RunState.Running || run.State == RunState.Pausing)
            .GroupBy(run => run.State).Select(group => new { State = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        await using var version = dataSource.CreateCommand("show server_version");
        return TypedResults.Ok(new SystemStatus
        {
            Version = Version,
            Engine = workers.Select(worker => EngineInfo.Of(worker.Engine)).FirstOrDefault(engine => engine is not null),
            Store = new StoreInfo
            {
                Kind = store.Embedded ? "embedded" : "external",
                Version = ((string)(await version.ExecuteScalarAsync(cancellationToken))!).Split(' ')[0],
            },
            Role = options.Value.Role.ToString().ToLowerInvariant(),
            StartedAt = start.At,
            Trainer = options.Value.Works ? new TrainerState { Ready = trainer.Current.IsReady, Reason = trainer.Current.Reason, Since = trainer.Current.Since } : null,
            Workers = [.. workers.Select(worker => new WorkerInfo
            {
                Id = worker.Id,
                Host = worker.Host,
                Queues = worker.Queues,
                Slots = worker.Slots,
                StartedAt = worker.StartedAt,
                SeenAt = worker.SeenAt,
                Alive = now - worker.SeenAt < AliveWithin,
            })],
            Queue = new QueueInfo
            {
                Queued = counts.Where(row => row.State == RunState.Queued).Sum(row => row.Count),
                Running = counts.Where(row => row.State != RunState.Queued).Sum(row => row.Count),
            },
        });
    }

    private static string Version { get; } =
        typeof(SystemApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private sealed record ProcessStart
    {
        public required DateTimeOffset At { get; init; }
    }
}
