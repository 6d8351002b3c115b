using System.Text.Json.Nodes;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.SystemInfo;

[Trait("Needs", "database")]
public sealed class SystemTests(DatabaseServer server)
{
    [Fact]
    public async Task System_WithWorkers_ReportsEngineWorkersAndQueue()
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.SubmitAsync();
        await using var add = app.DataSource.CreateCommand(
            """
            insert into workers (id, host, process_id, queues, slots, started_at, seen_at, engine) values
                ('w1', 'here', 1, '{cpu}', 1, now(), now(), '{"package": "TorchSharp-cpu", "version": "0.107.0", "libtorch": "2.10.0"}'),
                ('w2', 'here', 1, '{cpu,cuda}', 2, now() - interval '1 hour', now() - interval '10 minutes', null),
                ('w3', 'here', 1, '{cpu}', 1, now() - interval '9 days', now() - interval '8 days', null),
                ('from before the clock was set back', 'here', 1, '{cpu}', 1, now() - interval '2 hours', now() + interval '2 hours', null)
            """);
        await add.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (_, system, _) = await app.Http.GetJsonAsync("/api/v1/system");

        Assert.Equal("external", system!["store"]!["kind"]!.GetValue<string>());
        Assert.Matches(@"^\d+(\.\d+)*$", system["store"]!["version"]!.GetValue<string>());
        Assert.Equal("api", system["role"]!.GetValue<string>());
        Assert.Equal("""{"package":"TorchSharp-cpu","version":"0.107.0","libtorch":"2.10.0"}""", system["engine"]!.ToJsonString());
        Assert.Equal(["w1 True", "w2 False", "from before the clock was set back False"], system["workers"]!.AsArray().Select(worker => $"{worker!["id"]} {worker["alive"]!.GetValue<bool>()}"));
        Assert.Equal(1, system["queue"]!["queued"]!.GetValue<int>());
        Assert.Equal(0, system["queue"]!["running"]!.GetValue<int>());
    }

    [Fact]
    public async Task Cuda_NoSuchWorkerConnected_IsSaidWhereverSomeoneLooks()
    {
        await using var app = await TestApp.StartAsync(server);
        Task ConnectAsync(string queue) => TestRuns.ExecuteAsync(
            app.DataSource,
            $"insert into workers (id, host, process_id, queues, slots, started_at, seen_at) values ('{queue}', 'here', 1, array['{queue}'], 1, now(), now())");
        await ConnectAsync("cpu");
        var spec = Api.Xor.Replace("\"epochs\": 3", "\"epochs\": 3, \"device\": \"cuda\"", StringComparison.Ordinal);
        await app.Http.SubmitAsync();
        var id = await app.Http.SubmitAsync(spec);

        var finding = Assert.Single((await app.Http.PostJsonAsync("/api/v1/specs/check", spec)).Body!["findings"]!.AsArray())!;
        Assert.Equal(("warning", "no_worker_for_device"), (finding["severity"]!.GetValue<string>(), finding["code"]!.GetValue<string>()));
        var waiting = (await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Body!["waiting"]!;
        Assert.Equal("no_worker_connected", waiting["code"]!.GetValue<string>());
        Assert.StartsWith("The run waits for a worker with CUDA; none is connected.", waiting["message"]!.GetValue<string>(), StringComparison.Ordinal);
        var queue = (await app.Http.GetJsonAsync("/api/v1/system")).Body!["queue"]!;
        Assert.Equal((2, 1), (queue["queued"]!.GetValue<int>(), queue["withoutWorker"]!.GetValue<int>()));

        await ConnectAsync("cuda");

        Assert.Empty((await app.Http.PostJsonAsync("/api/v1/specs/check", spec)).Body!["findings"]!.AsArray());
        Assert.Null((await app.Http.GetJsonAsync($"/api/v1/runs/{id}")).Body!["waiting"]);
        Assert.Equal(0, (await app.Http.GetJsonAsync("/api/v1/system")).Body!["queue"]!["withoutWorker"]!.GetValue<int>());
    }

    [Fact]
    public void Service_ItsPrograms_LoadNoTensorEngine()
    {
        // The closure of what the service can load, as its build wrote it down.
        var dependencies = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Trainyard.Service.deps.json")))!;

        var libraries = dependencies["libraries"]!.AsObject().Select(library => library.Key).ToList();

        Assert.Contains(libraries, library => library.StartsWith("Npgsql/", StringComparison.Ordinal));
        Assert.DoesNotContain(libraries, library => library.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }
}
