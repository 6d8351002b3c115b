using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Webhooks;

namespace Trainyard.Service.Tests.Webhooks;

[Trait("Needs", "database")]
public sealed class WebhookTests(DatabaseServer server)
{
    private const string Secret = "a secret of the tests";

    [Fact]
    public async Task Run_Ends_IsToldWithSignatureUntilItIsAccepted()
    {
        await using var receiver = await WebhookReceiver.StartAsync(statuses: [500]);
        await using var app = await TestApp.StartAsync(server, settings: Settings(receiver.Address));

        var run = await app.Http.SubmitAsync();
        await app.Http.PostJsonAsync($"/api/v1/runs/{run}/cancel", "");

        var first = await receiver.NextAsync();
        var second = await receiver.NextAsync();
        Assert.Equal(first.Headers["webhook-id"], second.Headers["webhook-id"]);
        foreach (var (headers, body) in new[] { first, second })
        {
            var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}");
            Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), headers["webhook-signature"]);
            var content = JsonDocument.Parse(body).RootElement;
            Assert.Equal("run.ended", content.GetProperty("type").GetString());
            Assert.Equal("cancelled", content.GetProperty("state").GetString());
            Assert.Equal(run, content.GetProperty("run").GetProperty("id").GetGuid());
        }

        await Waiting.UntilAsync(async () => await PendingAsync(app) == 0, Waiting.Soon, () => Task.FromResult("The delivery was accepted, and is still stored."));
    }

    [Fact]
    public async Task Run_EndsWhileNobodyListens_IsToldAfterARestart()
    {
        string address;
        int port;
        await using (var receiver = await WebhookReceiver.StartAsync())
        {
            address = receiver.Address;
            port = new Uri(address).Port;
        }

        string connectionString;
        Guid run;
        await using (var app = await TestApp.StartAsync(server, settings: Settings(address)))
        {
                connectionString = app.ConnectionString;
            run = await app.Http.SubmitAsync();
            await app.Http.PostJsonAsync($"/api/v1/runs/{run}/cancel", "");
            Assert.Equal(1, await PendingAsync(app));
        }

        await using var late = await WebhookReceiver.StartAsync(port);
        await using var again = await TestApp.StartAsync(server, settings: Settings(address), connectionString: connectionString);
        var (_, body) = await late.NextAsync();
        Assert.Equal(run, JsonDocument.Parse(body).RootElement.GetProperty("run").GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Run_EndsWithoutAddresses_StoresNothing()
    {
        await using var app = await TestApp.StartAsync(server);
        var run = await app.Http.SubmitAsync();
        await app.Http.PostJsonAsync($"/api/v1/runs/{run}/cancel", "");
        Assert.Equal(0, await PendingAsync(app));
    }

    // The example of Standard Webhooks.
    [Fact]
    public void Signature_OfTheStandardsExample_IsTheOneThatItGives()
    {
        Assert.True(WebhookSignature.TryReadKey("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var key));
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""));
    }

    [Theory]
    [InlineData("Webhooks:Urls", "ftp://example.org")]
    [InlineData("Webhooks:Secret", "whsec_not base64")]
    public async Task Options_WithAWrongValue_StopTheStart(string setting, string value)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(server, settings: [(setting, value)]));
        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
    }

    private static (string, string)[] Settings(string address) =>
        [("Webhooks:Urls", address), ("Webhooks:Secret", Secret), ("Webhooks:RetrySeconds", "1")];

    private static async Task<long> PendingAsync(TestApp app) => (long)(await TestRuns.ScalarAsync(app.DataSource, "select count(*) from webhook_deliveries"))!;
}
