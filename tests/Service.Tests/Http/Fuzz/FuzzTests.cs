using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Access;
using Trainyard.Service.Tests.Results;
using Trainyard.Service.Tests.Runs;
using Trainyard.Service.Tests.Studies;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;
using static Trainyard.Service.Tests.Results.HeldRuns;

namespace Trainyard.Service.Tests.Http.Fuzz;

// Random requests to the service in a process of its own. tests/long/fuzz.sh sends more of them.
[Trait("Needs", "process")]
public sealed class FuzzTests(DatabaseServer server, ITestOutputHelper output) : IDisposable
{
    private const int ReportedFailures = 20;
    private const long Megabyte = 1024 * 1024;
    private const long MaximumMemory = 400 * Megabyte;
    private const long MaximumGrowth = 48 * Megabyte;

    // Before it, compiled code and pools still grow.
    private const int SteadyAfter = 5000;

    // Generous: the machine of the whole suite is loaded.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(Setting("FUZZ_SECONDS", 60));

    // Authentication, with limits that these requests do not reach.
    private static readonly (string, string)[] Settings =
    [
        ("Access__Authentication", "tokens"), ("Access__WrongTokensPerMinute", "10000"), ("Access__Limits__RequestsPerMinute", "0"), ("Access__Limits__SubmitsPerMinute", "0"),
        ("Access__Limits__QueuedRuns", "0"),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly List<string> failures = [];
    private readonly HashSet<Guid> runs = [];
    private readonly HashSet<Guid> tokens = [];
    private readonly SortedDictionary<int, int> statuses = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_Random_AreAllAnsweredAndLeaveNothingBehind()
    {
        var (count, seed) = (Setting("FUZZ_REQUESTS", 1000), Setting("FUZZ_SEED", 1));
        var database = await server.CreateDatabaseAsync();
        var (stored, credentials) = await PrepareAsync(database);
        var generator = new RequestGenerator(ApiDocument.Published, seed, credentials);
        foreach (var run in stored)
        {
            runs.Add(run);
            generator.AddRun(run);
        }

        await using var service = ServiceProcess.Start(
        [
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DATA_DIR", folder.Path), ("Service__Role", "api"), ("ConnectionStrings__Postgres", database),
            ("Trainer__Path", Repository.Trainer), .. Settings,
        ]);
        var address = await service.WaitUntilReadyAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, Expect100ContinueTimeout = TimeLimit })
        {
            Timeout = TimeLimit,
        };
        List<long> memory = [];
        var (began, slowest) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        for (var i = 0; i < count; i++)
        {
            var request = generator.Next();
            var sent = Stopwatch.GetTimestamp();
            if (await SendAsync(http, address, request, generator) is { } failure)
            {
                failures.Add($"Request {i} of seed {seed}: {failure} {request}");
            }

            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(sent).Ticks));
            if (i % 50 == 0)
            {
                memory.Add(ResidentBytes(service.Id));
            }
        }

        output.WriteLine(
            $"{count} requests of seed {seed} in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s, slowest {slowest.TotalSeconds:F2} s; "
            + $"statuses {string.Join(", ", statuses.Select(pair => $"{pair.Key}: {pair.Value}"))}; {runs.Count} runs; "
            + $"memory {memory[memory.Count / 4] / Megabyte} MB after a quarter, {memory[^1] / Megabyte} MB at the end, {memory.Max() / Megabyte} MB at most.");
        Assert.True(failures.Count == 0, $"{failures.Count} failures:\n{string.Join('\n', failures.Take(ReportedFailures))}\n{Tail(service.Errors)}");
        Assert.All([200, 201, 202, 204, 400, 401, 403, 404, 409, 422], status => Assert.True(statuses.GetValueOrDefault(status) > 0, $"No request was answered with {status}."));
        await NothingIsLeftAsync(database);
        Assert.True(memory.Max() < MaximumMemory, $"The service had {memory.Max() / Megabyte} MB.");
        if (count >= SteadyAfter)
        {
            var growth = Median(memory[(memory.Count * 3 / 4)..]) - Median(memory[(memory.Count / 4)..(memory.Count / 2)]);
            Assert.True(growth < MaximumGrowth, $"Memory grew by {growth / Megabyte} MB from the second to the last quarter.");
        }
    }

    public void Dispose() => folder.Dispose();

    // Sends a request. Returns what is wrong with its response; null if nothing is.
    private async Task<string?> SendAsync(HttpClient http, Uri address, FuzzedRequest request, RequestGenerator generator)
    {
        using var message = request.ToMessage(address);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            var status = (int)response.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status >= 500)
            {
                return $"Status {status}.";
            }

            // A stream of events of a run that is not finished does not end.
            if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                return null;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            limit.CancelAfter(TimeLimit);
            await response.Content.LoadIntoBufferAsync(limit.Token);
            await LearnAsync(message, response, generator);

            // Requests that the web server refuses by itself never reach the API.
            return response.Headers.Contains("X-Content-Type-Options")
                ? await ApiDocument.Published.FindProblemAsync(message.Method, new Uri(message.RequestUri!.OriginalString), response, Cancellation)
                : null;
        }
        catch (HttpRequestException exception) when (message.Headers.ExpectContinue == true && exception.InnerException is IOException)
        {
            // An action that takes no body was done before the body was sent, and the server closed the connection; the client sends it nevertheless.
            return null;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException && !Cancellation.IsCancellationRequested)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private async Task LearnAsync(HttpRequestMessage message, HttpResponseMessage response, RequestGenerator generator)
    {
        // As the web server reads it, without dot segments.
        var path = new Uri(message.RequestUri!.GetLeftPart(UriPartial.Path)).AbsolutePath;
        var aboutRuns = path.StartsWith("/api/v1/runs", StringComparison.OrdinalIgnoreCase);
        if (aboutRuns && response.StatusCode == HttpStatusCode.NoContent && message.Method == HttpMethod.Delete)
        {
            runs.Remove(Guid.Parse(Uri.UnescapeDataString(path.TrimEnd('/').Split('/')[^1])));
        }

        if (path.StartsWith("/api/v1/session", StringComparison.OrdinalIgnoreCase) && response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            generator.AddCookie(cookies.First().Split(';')[0]);
        }

        if (response.Content.Headers.ContentType?.MediaType != "application/json" || message.Method == HttpMethod.Head)
        {
            return;
        }

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        if (response.StatusCode == HttpStatusCode.Created)
        {
            var id = body.RootElement.GetProperty("id").GetGuid();
            if (path.StartsWith("/api/v1/studies", StringComparison.OrdinalIgnoreCase))
            {
                generator.AddRun(id); // its address has the same form
                return;
            }

            (aboutRuns ? runs : tokens).Add(id);
            (aboutRuns ? (Action<Guid>)generator.AddRun : generator.AddToken)(id);
        }
        else if (body.RootElement.TryGetProperty("next", out var next) && next.GetString() is { } token)
        {
            generator.AddPage(token);
        }
    }

    private async Task NothingIsLeftAsync(string database)
    {
        await using var dataSource = NpgsqlDataSource.Create(database);
        Assert.Equal(runs.Order(), (await ReadAsync<Guid>(dataSource, "select id from runs where study_id is null")).Order());
        Assert.Equal(tokens.Order(), (await ReadAsync<Guid>(dataSource, "select id from api_tokens")).Order());
        var tables = await ReadAsync<string>(
            dataSource, "select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'run_id' and is_updatable = 'YES'");
        Assert.Contains("run_events", tables);
        foreach (var table in tables)
        {
            Assert.Equal(0, (await ReadAsync<long>(dataSource, $"select count(*) from {table} where run_id not in (select id from runs)")).Single());
        }

        var folders = Directory.Exists(folder.File("runs")) ? Directory.GetDirectories(folder.File("runs")) : [];
        Assert.All(folders, path => Assert.Contains(Guid.Parse(Path.GetFileName(path)), runs));
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        List<T> values = [];
        while (await reader.ReadAsync(Cancellation))
        {
            values.Add(reader.GetFieldValue<T>(0));
        }

        return values;
    }

    // Runs in every state, one of them with results of every kind, and a token of each scope.
    private async Task<(List<Guid> Runs, Credentials Credentials)> PrepareAsync(string database)
    {
        await using var app = await TestApp.StartAsync(server, connectionString: database);
        List<Guid> stored = [];
        foreach (var state in RunInState.States)
        {
            stored.Add(await app.SubmitAsync(state));
        }

        var trained = await app.HeldRunAsync();
        await app.AppendAsync(
            trained, Epoch(1), Epoch(2, null), Observation(0), Observation(1), Frame(0, "AAE="), Frame(1, "AAE="), Evaluation(2, DataSplit.Validation, 0.5),
            Finding("dead_relu", DiagnosisSeverity.Warning, 1));
        await app.FinishAsync(trained);
        await app.StoreStudyAsync(trained, "completed", run: trained);
        return ([.. stored, trained], new(await CreateTokenAsync(AccessScope.Admin), await CreateTokenAsync(AccessScope.Submit), await CreateTokenAsync(AccessScope.Read)));

        async Task<string> CreateTokenAsync(AccessScope scope)
        {
            var token = await app.CreateTokenAsync(scope.ToString(), scope);
            tokens.Add(token.Id);
            return token.Token;
        }
    }

    private static long ResidentBytes(int process) => 1024 * long.Parse(
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture);

    private static long Median(List<long> values) => values.Order().ElementAt(values.Count / 2);

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string Tail(string text) => text.Length > 4000 ? text[^4000..] : text;
}
