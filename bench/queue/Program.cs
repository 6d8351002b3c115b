using Trainyard.Service.Access;
using Trainyard.Service.Queue;
using Trainyard.Specs.Events;

// Rates of the queue's statements and the time from a submit to the first progress event, on a private PostgreSQL with its usual durability.
// dotnet run --project bench/queue -c Release -- [path of the trainer]

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using EventLog = Trainyard.Service.Store.EventLog;

var data = Directory.CreateTempSubdirectory("trainyard-bench-");
if (!OperatingSystem.IsWindows())
{
    data.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}

await using var app = Trainyard.Service.Program.Build(
[
    "--urls=http://127.0.0.1:0", $"--Service:DataDir={data.FullName}", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning",
    $"--Trainer:Path={(args.Length > 0 ? args[0] : "/nowhere")}", "--Queue:PollSeconds=60", // The enqueuer must not work beside the measurement.
]);
await app.StartAsync();
var store = app.Services.GetRequiredService<NpgsqlDataSource>();
var queue = new RunQueue(store, Options.Create(new QueueOptions()), Options.Create(new LimitOptions()), TimeProvider.System);
Console.WriteLine($"{Environment.ProcessorCount} cores, load {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC");

foreach (var workers in (int[])[1, 4])
{
    var runs = new ConcurrentQueue<Guid>(await FillAsync(10_000));
    var began = Stopwatch.GetTimestamp();
    var claimed = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
    {
        var count = 0;
        while (runs.TryDequeue(out var run))
        {
            count += await queue.ClaimAsync($"bench-{worker}", run, ["cuda"], CancellationToken.None) is null ? 0 : 1;
        }

        return count;
    })));
    Report($"claims, {workers} worker(s), 10,000 queued", claimed.Sum(), began);
}

var claim = (await queue.ClaimAsync("bench", (await FillAsync(1)).Single(), ["cuda"], CancellationToken.None))!;
foreach (var size in (int[])[1, 64])
{
    var batch = Enumerable.Range(1, size).Select(step => (TimeProvider.System.GetUtcNow(), (RunEvent)new ProgressEvent
    {
        Epoch = 1, Step = step, TotalSteps = 1000, TrainLoss = 0.5, TrainAccuracy = 0.9, ImagesPerSecond = 1000, ElapsedSeconds = 1, RemainingSeconds = 1,
    })).ToList();
    var began = Stopwatch.GetTimestamp();
    var stored = 0;
    while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5))
    {
        await using var connection = await store.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        stored += await EventLog.TryAppendAsync(connection, transaction, claim.RunId, claim.Attempt, TimeSpan.FromSeconds(30), batch, TimeProvider.System, CancellationToken.None) is null ? 0 : size;
        await transaction.CommitAsync();
    }

    Report($"events, one run, batches of {size}", stored, began);
}

var renewals = 0;
var renewing = Stopwatch.GetTimestamp();
while (Stopwatch.GetElapsedTime(renewing) < TimeSpan.FromSeconds(3))
{
    renewals += (await queue.RenewAsync(claim, CancellationToken.None)).Held ? 1 : 0;
}

Report("renewals", renewals, renewing);
if (args.Length > 0)
{
    await MeasureSubmitAsync();
}

await app.StopAsync();
data.Delete(recursive: true);

// Queued runs of a queue that no worker of this process serves.
async Task<List<Guid>> FillAsync(int count)
{
    await using var command = store.CreateCommand(
        """
        truncate runs cascade;
        alter table runs disable trigger runs_keep_parameters;
        insert into runs (id, name, experiment, state, queue, spec, spec_sha256, seed, training_flops, created_at, updated_at, epochs, last_seq)
        select gen_random_uuid(), 'bench', 'bench', 'queued', 'cuda', '{"name":"bench"}', repeat('0', 64), 1, 1, now(), now(), 1, 0 from generate_series(1,
        """ + count.ToString(CultureInfo.InvariantCulture) + "); alter table runs enable trigger runs_keep_parameters; analyze runs");
    await command.ExecuteNonQueryAsync();
    await using var select = store.CreateCommand("select id from runs");
    await using var reader = await select.ExecuteReaderAsync();
    List<Guid> ids = [];
    while (await reader.ReadAsync())
    {
        ids.Add(reader.GetGuid(0));
    }

    return ids;
}

static void Report(string what, int count, long began)
{
    var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count} in {seconds:0.00} s = {count / seconds:0} a second"));
}

async Task MeasureSubmitAsync()
{
    using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    List<double> milliseconds = [];
    for (var i = 0; i <= 20; i++)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync("/api/v1/runs", JsonNode.Parse(
            """{"name":"bench","data":{"dataset":"xor"},"model":{"kind":"mlp","dense":[8]},"training":{"epochs":200,"batchSize":10,"optimizer":"adam"}}"""));
        answer.EnsureSuccessStatusCode();
        var id = (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"];
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{id}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var stream = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        double? first = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (first is null && line.Contains("\"type\":\"progress\"", StringComparison.Ordinal))
            {
                first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }

        // The first one warms up.
        if (i > 0)
        {
            milliseconds.Add(first ?? throw new InvalidOperationException($"Run {id} had no progress event."));
        }
    }

    milliseconds.Sort();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"POST to first progress event at the client, 20 runs: median {milliseconds[10]:0} ms, fastest {milliseconds[0]:0} ms, slowest {milliseconds[^1]:0} ms"));
}
