using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Trainyard.Service.Tests.Access;

/// <summary>The program as an administrator meets it: its first start, and the command line.</summary>
[Trait("Needs", "process")]
public sealed partial class FirstTokenTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_OfTheFirstStartAndTheCommandLine_OpenTheService()
    {
        string first;
        await using (var service = Start())
        {
            using var http = new HttpClient { BaseAddress = await service.WaitUntilReadyAsync() };
            first = Assert.Single(Token().Matches(service.Errors)).Value;
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, first));
            using var negotiate = await http.PostAsync(new Uri($"/hubs/runs/negotiate?negotiateVersion=1&access_token={first}", UriKind.Relative), null, Cancellation);
            Assert.Equal(HttpStatusCode.OK, negotiate.StatusCode);

            var (code, output, _) = await CommandAsync("create", "--name", "bob", "--scope", "read", "--days", "30");
            Assert.Equal(0, code);
            var created = output.Trim();
            Assert.Matches(Token(), created);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, created));
            var (_, list, _) = await CommandAsync("list");
            var line = Assert.Single(list.Split('\n'), line => line.EndsWith("  bob", StringComparison.Ordinal));
            Assert.DoesNotContain("ty_", list, StringComparison.Ordinal);
            Assert.Equal(0, (await CommandAsync("revoke", line.Split(' ')[0])).Code);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, created));
            service.Terminate();
            Assert.Equal(0, await service.WaitForExitAsync());
            Assert.DoesNotContain("ty_", service.Output, StringComparison.Ordinal);
        }

        // Without a service the command starts the private server itself.
        var offline = (await CommandAsync("create", "--name", "eve", "--scope", "submit")).Output.Trim();
        await using var again = Start();
        using var second = new HttpClient { BaseAddress = await again.WaitUntilReadyAsync() };
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(second, first), await StatusAsync(second, offline)));
        Assert.DoesNotMatch(Token(), again.Errors);
    }

    [Theory]
    [InlineData("--scope", "create", "--name", "a")]
    [InlineData("root", "create", "--name", "a", "--scope", "root")]
    [InlineData("--days must be", "create", "--name", "a", "--scope", "read", "--days", "0")]
    [InlineData("id", "revoke", "nonsense")]
    public async Task Command_WrongArguments_AreNamed(string message, params string[] arguments)
    {
        var (code, _, errors) = await CommandAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    // With every log line that the framework has.
    private ServiceProcess Start() => ServiceProcess.Start(
        ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("DATA_DIR", folder.Path), ("Service__Role", "api"), ("Access__Authentication", "tokens"),
        ("Logging__LogLevel__Microsoft", "Debug"), ("Logging__LogLevel__Default", "Debug"));

    private async Task<(int Code, string Output, string Errors)> CommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Trainyard.Service"), ["token", .. arguments]);
        start.Environment.Remove("ConnectionStrings__Postgres");
        start.Environment["DATA_DIR"] = folder.Path;
        await using var process = BackgroundProcess.Start(start);
        return (await process.WaitForExitAsync(), process.Output, process.Errors);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    [GeneratedRegex("ty_[A-Za-z0-9_-]{43}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
