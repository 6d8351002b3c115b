using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The service as in production: its program, a data folder of its own with its private PostgreSQL, a free port.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http;
    private readonly (string Name, string Value)[] settings;
    private BackgroundProcess? process;

    private RunningService((string Name, string Value)[] settings)
    {
        this.settings = settings;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Where it answers, as in http://127.0.0.1:41234.</summary>
    public string Address { get; }

    /// <summary>What the service has written to standard error.</summary>
    public string Errors => process!.Errors;

    public static async Task<RunningService> StartNewAsync(params (string Name, string Value)[] settings)
    {
        Repository.RequireDashboard();
        var service = new RunningService(settings);
        try
        {
            await service.StartAsync();
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }

        return service;
    }

    /// <summary>Starts the program on the same data folder and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        process = BackgroundProcess.Start(
            Repository.Service,
            [
                ("ASPNETCORE_URLS", Address),
                ("Service__DataDir", folder.File("data")),
                // A killed service holds its run until the lease is over; a test need not wait for the default.
                ("Queue__LeaseSeconds", "10"),
                .. settings,
            ]);

        var waited = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (process.HasExited || waited.Elapsed > StartTimeout)
            {
                throw new InvalidOperationException($"The service was not ready after {waited.Elapsed.TotalSeconds:F0} s. Its log:\n{process.Output}{process.Errors}");
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Kills the service as a crash would, without notice to trainers, PostgreSQL or browsers.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public Task<string> SubmitAsync(string spec) => CreateAsync("/api/v1/runs", spec);

    public Task<string> SubmitStudyAsync(string study) => CreateAsync("/api/v1/studies", study);

    public async Task DeleteAsync(string id)
    {
        using var answer = await http.DeleteAsync(new Uri($"/api/v1/runs/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    public Task<JsonElement> RunAsync(string id) => GetAsync($"/api/v1/runs/{id}");

    public Task<JsonElement> StudyAsync(string id) => GetAsync($"/api/v1/studies/{id}");

    /// <summary>The ids of the runs of a study.</summary>
    public async Task<string[]> RunsOfStudyAsync(string id) =>
        [.. (await GetAsync($"/api/v1/runs?study={id}")).GetProperty("items").EnumerateArray().Select(run => run.GetProperty("id").GetString()!)];

    /// <summary>What the service says about a spec.</summary>
    public async Task<JsonElement> CheckAsync(string spec)
    {
        using var content = new StringContent(spec, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("/api/v1/specs/check", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public Task<JsonElement> CatalogAsync() => GetAsync("/api/v1/catalog");

    /// <summary>The metrics of a run as returned by the REST API: values by epoch, by metric.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<int, double>>> MetricsAsync(string id)
    {
        var metrics = await GetAsync($"/api/v1/runs/{id}/metrics");
        return metrics.GetProperty("series").EnumerateArray().ToDictionary(
            series => series.GetProperty("metric").GetString()!,
            IReadOnlyDictionary<int, double> (series) => series.GetProperty("points").EnumerateArray()
                .ToDictionary(point => point.GetProperty("epoch").GetInt32(), point => point.GetProperty("value").GetDouble()));
    }

    public async Task<IReadOnlyList<JsonElement>> EventsAsync(string id)
    {
        var events = new List<JsonElement>();
        while (true)
        {
            var after = events.Count == 0 ? 0 : events[^1].GetProperty("seq").GetInt64();
            var page = (await GetAsync($"/api/v1/runs/{id}/events?after={after}&limit=200")).GetProperty("items");
            if (page.GetArrayLength() == 0)
            {
                return events;
            }

            events.AddRange(page.EnumerateArray());
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null or { HasExited: true })
        {
            await EndOrphanedDatabaseAsync();
        }

        if (process is not null)
        {
            await process.DisposeAsync();
        }

        http.Dispose();
        folder.Dispose();
    }

    // A killed service leaves its PostgreSQL behind, for the next start to take over; a test that fails in between has no next start.
    private async Task EndOrphanedDatabaseAsync()
    {
        foreach (var file in Directory.EnumerateFiles(folder.Path, "postmaster.pid", SearchOption.AllDirectories))
        {
            var pid = File.ReadLines(file).First();
            using var kill = Process.Start("kill", ["-QUIT", pid]);
            await kill.WaitForExitAsync();
        }
    }

    private async Task<string> CreateAsync(string address, string definition)
    {
        using var content = new StringContent(definition, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"The definition was not accepted: {body}");
        using var created = JsonDocument.Parse(body);
        return created.RootElement.GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> GetAsync(string address) =>
        await http.GetFromJsonAsync<JsonElement>(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
