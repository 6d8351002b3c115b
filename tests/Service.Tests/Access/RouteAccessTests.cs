using System.Net;
using System.Net.WebSockets;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Service.Live;
using Trainyard.Service.Playground;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Live;
using Trainyard.Service.Tests.Studies;

namespace Trainyard.Service.Tests.Access;

/// <summary>Every route and every hub method, by everyone: a new one belongs into these tables.</summary>
[Trait("Needs", "database")]
public sealed class RouteAccessTests(DatabaseServer server)
{
    private const string Anonymous = "anonymous";
    private const string Read = "read";
    private const string Submit = "submit";
    private const string Owner = "owner";
    private const string Admin = "admin";

    private static readonly Dictionary<string, string> Routes = new(StringComparer.Ordinal)
    {
        ["GET /health/live"] = Anonymous,
        ["GET /health/ready"] = Anonymous,
        ["GET /api/v1/session"] = Anonymous,
        ["POST /api/v1/session"] = Anonymous,
        ["DELETE /api/v1/session"] = Anonymous,
        ["GET /api/v1/tokens"] = Admin,
        ["POST /api/v1/tokens"] = Admin,
        ["DELETE /api/v1/tokens/{id:guid}"] = Admin,
        ["GET /api/v1/catalog"] = Read,
        ["GET /api/v1/compare"] = Read,
        ["GET /api/v1/compare.csv"] = Read,
        ["GET /api/v1/compare/curves.csv"] = Read,
        ["GET /api/v1/system"] = Read,
        ["GET /api/v1/torchsharp/Directory.Build.targets"] = Read,
        ["POST /api/v1/specs/check"] = Read,
        ["POST /api/v1/specs/preview"] = Read,
        ["GET /api/v1/runs"] = Read,
        ["POST /api/v1/runs"] = Submit,
        ["GET /api/v1/runs/columns"] = Read,
        ["GET /api/v1/runs/count"] = Read,
        ["GET /api/v1/runs/fields"] = Read,
        ["GET /api/v1/runs/groups"] = Read,
        ["GET /api/v1/experiments"] = Read,
        ["PATCH /api/v1/experiments"] = Submit,
        ["POST /api/v1/experiments/archive"] = Submit,
        ["POST /api/v1/experiments/restore"] = Submit,
        ["GET /api/v1/runs/{id:guid}"] = Read,
        ["PATCH /api/v1/runs/{id:guid}"] = Owner,
        ["DELETE /api/v1/runs/{id:guid}"] = Owner,
        ["POST /api/v1/runs/{id:guid}/pause"] = Owner,
        ["POST /api/v1/runs/{id:guid}/resume"] = Owner,
        ["POST /api/v1/runs/{id:guid}/retry"] = Owner,
        ["POST /api/v1/runs/{id:guid}/cancel"] = Owner,
        ["POST /api/v1/runs/{id:guid}/archive"] = Owner,
        ["POST /api/v1/runs/{id:guid}/restore"] = Owner,
        ["POST /api/v1/runs/{id:guid}/extend"] = Owner,
        ["POST /api/v1/runs/{id:guid}/fork"] = Submit,
        ["GET /api/v1/runs/{id:guid}/events"] = Read,
        ["GET /api/v1/runs/{id:guid}/code"] = Read,
        ["GET /api/v1/runs/{id:guid}/metrics"] = Read,
        ["GET /api/v1/runs/{id:guid}/metrics.csv"] = Read,
        ["GET /api/v1/runs/{id:guid}/log"] = Read,
        ["GET /api/v1/runs/{id:guid}/checkpoints"] = Read,
        ["GET /api/v1/runs/{id:guid}/checkpoints/{file}"] = Read,
        ["GET /api/v1/runs/{id:guid}/observations"] = Read,
        ["GET /api/v1/runs/{id:guid}/decision-frames"] = Read,
        ["GET /api/v1/runs/{id:guid}/predictions"] = Read,
        ["GET /api/v1/runs/{id:guid}/evaluation"] = Read,
        ["GET /api/v1/runs/{id:guid}/forward"] = Read,
        ["POST /api/v1/runs/{id:guid}/forward"] = Read,
        ["GET /api/v1/runs/{id:guid}/forward/samples"] = Read,
        ["GET /api/v1/runs/{id:guid}/findings"] = Read,
        ["GET /api/v1/labs"] = Read,
        ["POST /api/v1/labs/backprop-by-hand"] = Submit,
        ["GET /api/v1/labs/backprop-by-hand/results/{id:guid}"] = Read,
        ["POST /api/v1/labs/gradient-check"] = Submit,
        ["GET /api/v1/labs/gradient-check/results/{id:guid}"] = Read,
        ["POST /api/v1/labs/optimizer-paths"] = Submit,
        ["GET /api/v1/labs/optimizer-paths/results/{id:guid}"] = Read,
        ["POST /api/v1/labs/adam-bias-correction"] = Submit,
        ["GET /api/v1/labs/adam-bias-correction/results/{id:guid}"] = Read,
        ["POST /api/v1/labs/convolution-arithmetic"] = Submit,
        ["GET /api/v1/labs/convolution-arithmetic/results/{id:guid}"] = Read,
        ["GET /api/v1/studies"] = Read,
        ["POST /api/v1/studies"] = Submit,
        ["POST /api/v1/studies/check"] = Read,
        ["POST /api/v1/studies/import"] = Read,
        ["GET /api/v1/studies/{id:guid}"] = Read,
        ["GET /api/v1/studies/{id:guid}/result"] = Read,
        ["GET /api/v1/studies/{id:guid}/trials"] = Read,
        ["GET /api/v1/studies/{id:guid}/trials.csv"] = Read,
        ["PATCH /api/v1/studies/{id:guid}"] = Owner,
        ["DELETE /api/v1/studies/{id:guid}"] = Owner,
        ["POST /api/v1/studies/{id:guid}/pause"] = Owner,
        ["POST /api/v1/studies/{id:guid}/resume"] = Owner,
        ["POST /api/v1/studies/{id:guid}/stop"] = Owner,
        ["POST /api/v1/studies/{id:guid}/cancel"] = Owner,
        ["POST /api/v1/studies/{id:guid}/extend"] = Owner,
        ["POST /api/v1/studies/{id:guid}/test"] = Owner,
        ["GET /api/v1/lessons"] = Read,
        ["GET /api/v1/lessons/{id}"] = Read,
        ["POST /api/v1/lessons/{id}/runs"] = Submit,
        ["POST /api/v1/lessons/{id}/check"] = Read,
        ["GET /api/v1/lessons/{id}/attempts"] = Read,
        ["GET /api/v1/lessons/{id}/outcome"] = Read,
        ["GET /api/v1/lessons/{id}/hand-ins"] = Read,
        ["POST /api/v1/lessons/{id}/hand-ins"] = Submit,
        ["DELETE /api/v1/lessons/{id}/hand-ins/{run:guid}"] = Submit,
        ["POST /api/v1/lessons/{id}/hand-in-rounds"] = Admin,
        ["POST /api/v1/lessons/{id}/open-test"] = Admin,
        ["* /hubs/runs"] = Read,
        ["* /hubs/runs/negotiate"] = Read,
        ["* /hubs/playground"] = Submit,
        ["* /hubs/playground/negotiate"] = Submit,
        ["GET /swagger/{documentName}/swagger.{extension}"] = Read,
        ["* /swagger/{**path}"] = Read,
        ["* /hangfire/{**path}"] = Admin,
    };

    private static readonly Dictionary<string, (string Scope, Func<Guid, object[]> Arguments)> HubMethods = new(StringComparer.Ordinal)
    {
        ["/hubs/runs Subscribe"] = (Read, run => [run, 0]),
        ["/hubs/runs WatchRunChanges"] = (Read, _ => []),
        ["/hubs/playground Open"] = (Submit, _ => [new { }]),
        ["/hubs/playground Step"] = (Submit, run => [run, 1]),
        ["/hubs/playground Play"] = (Submit, run => [run, 10.0]),
        ["/hubs/playground Pause"] = (Submit, run => [run]),
        ["/hubs/playground Change"] = (Submit, run => [run, new { }]),
        ["/hubs/playground Reset"] = (Submit, run => [run]),
        ["/hubs/playground Close"] = (Submit, run => [run]),
        ["/hubs/playground Watch"] = (Submit, run => [run]),
        ["/hubs/playground Shown"] = (Submit, run => [run, 1]),
    };

    private static readonly Dictionary<string, Type> Hubs = new(StringComparer.Ordinal) { ["/hubs/runs"] = typeof(RunsHub), ["/hubs/playground"] = typeof(PlaygroundHub) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readiness_ByEveryone_HasTheReasonOnlyForThoseWhoMayRead()
    {
        const string Missing = "/no/such/trainer";
        await using var app = await AccessApp.StartAsync(server, ("Service:Role", "all"), ("Trainer:Path", Missing));
        using var anonymous = app.ClientWith(null);
        using var wrong = app.ClientWith("ty_unknown");
        using var reader = await app.SignInAsync("reader", AccessScope.Read);
        await Waiting.UntilAsync(async () => (await reader.GetJsonAsync("/health/ready")).Body!["detail"]!.GetValue<string>().Contains(Missing, StringComparison.Ordinal), "the trainer is checked");

        foreach (var http in (HttpClient[])[anonymous, wrong])
        {
            var answer = await http.GetJsonAsync("/health/ready");
            Api.IsProblem(answer, HttpStatusCode.ServiceUnavailable, "trainer-unavailable");
            Assert.Equal("Sign in for the details.", answer.Body!["detail"]!.GetValue<string>());
            Assert.DoesNotContain(Missing, answer.Body.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await http.GetJsonAsync("/health/live")).Status);
        }
    }

    [Fact]
    public async Task Route_ByEveryScope_IsOpenToThoseWhoMay()
    {
        await using var app = await AccessApp.StartAsync(server);
        using var owner = await app.SignInAsync("owner", AccessScope.Submit);
        (string Name, HttpClient Http)[] people =
        [
            (Anonymous, app.ClientWith(null)),
            (Read, await app.SignInAsync("reader", AccessScope.Read)),
            (Submit, await app.SignInAsync("other", AccessScope.Submit)),
            (Owner, owner),
            (Admin, await app.SignInAsync("admin", AccessScope.Admin)),
        ];
        var routes = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Names).ToList();
        // The hint at / is there only while the dashboard is not built.
        Assert.Equal(Routes.Keys.Append("GET /").Order(StringComparer.Ordinal), routes.Append("GET /").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        List<string> wrong = [];
        foreach (var (route, need) in Routes)
        {
            // A study with the id of the run.
            var run = await owner.SubmitAsync();
            await app.StoreStudyAsync(run, "completed", "owner");
            foreach (var (name, http) in people)
            {
                var (method, path) = Fill(route, run);
                var (status, _, _) = await http.SendAsync(method, path, method == "GET" ? null : "{}");
                var expected = Level(name) >= Level(need) ? "open" : name == Anonymous ? "401" : "403";
                var actual = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? $"{(int)status}" : "open";
                if (actual != expected)
                {
                    wrong.Add($"{route} by {name}: {(int)status}, expected {expected}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Array.ForEach(people, person => person.Http.Dispose());
    }

    [Fact]
    public async Task HubMethod_ByEveryScope_IsOpenToThoseWhoMay()
    {
        var methods = Hubs.SelectMany(hub => hub.Value.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition() == method).Select(method => (Name: $"{hub.Key} {method.Name}", Method: method))).ToDictionary(entry => entry.Name, entry => entry.Method);
        Assert.Equal(HubMethods.Keys.Order(StringComparer.Ordinal), methods.Keys.Order(StringComparer.Ordinal));
        await using var app = await AccessApp.StartAsync(server);
        var submit = await app.CreateTokenAsync("owner", AccessScope.Submit);
        using var owner = app.ClientWith(submit.Token);
        var run = await owner.SubmitAsync();
        (string Name, string? Token)[] people =
        [
            (Anonymous, null),
            ("wrong", "ty_wrong"),
            (Read, (await app.CreateTokenAsync("reader", AccessScope.Read)).Token),
            (Submit, submit.Token),
            (Admin, (await app.CreateTokenAsync("admin", AccessScope.Admin)).Token),
        ];

        foreach (var (entry, (scope, arguments)) in HubMethods)
        {
            var (path, method) = entry.Split(' ') is [var address, var called] ? (address, called) : throw new InvalidOperationException(entry);
            var isStream = methods[entry].ReturnType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);
            foreach (var (name, token) in people)
            {
                if (Level(name) < Level(scope))
                {
                    await Assert.ThrowsAsync<WebSocketException>(() => HubClient.ConnectAsync(app.Address, Cancellation, token, path: path));
                    continue;
                }

                using var hub = await HubClient.ConnectAsync(app.Address, Cancellation, token, path: path);
                if (!isStream)
                {
                    await hub.InvokeAsync(method, arguments(run), Cancellation);
                    continue;
                }

                await using var stream = hub.StreamAsync(method, arguments(run), Cancellation).GetAsyncEnumerator(Cancellation);
                Assert.True(await stream.MoveNextAsync());
            }
        }
    }

    [Fact]
    public async Task Route_WithoutAuthentication_IsOpen()
    {
        await using var app = await TestApp.StartAsync(server);
        foreach (var route in Routes.Keys)
        {
            var (method, path) = Fill(route, await app.Http.SubmitAsync());
            var (status, _, _) = await app.Http.SendAsync(method, path, method == "GET" ? null : "{}");
            Assert.False(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{route}: {(int)status}");
        }
    }

    private static int Level(string need) => need switch { Anonymous or "wrong" => 0, Read => 1, Submit => 2, Owner => 3, _ => 4 };

    private static IEnumerable<string> Names(RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        return endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods }
            ? methods.Where(method => method != "HEAD").Select(method => $"{method} {path}")
            : [$"* {path}"];
    }

    private static (string Method, string Path) Fill(string route, Guid run)
    {
        var parts = route.Split(' ', 2);
        return (
            parts[1].EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : parts[0] == "*" ? "GET" : parts[0],
            parts[1].Replace("{id:guid}", route.Contains("/tokens", StringComparison.Ordinal) ? $"{Guid.Empty}" : $"{run}", StringComparison.Ordinal)
                .Replace("{id}", "xor", StringComparison.Ordinal)
                .Replace("{run:guid}", $"{run}", StringComparison.Ordinal)
                .Replace("{documentName}/swagger.{extension}", "v1/swagger.json", StringComparison.Ordinal)
                .Replace("/{**path}", route.Contains("swagger", StringComparison.Ordinal) ? "/index.html" : "", StringComparison.Ordinal)
                .Replace("{file}", "none", StringComparison.Ordinal));
    }
}
