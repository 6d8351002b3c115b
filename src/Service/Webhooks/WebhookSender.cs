using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Webhooks;

/// <summary>The body of a delivery.</summary>
internal sealed record WebhookEvent
{
    public string Type { get; } = "run.ended";

    /// <summary>End of the run, UTC.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The state in which the run ended.</summary>
    public required string State { get; init; }

    /// <summary>The run as the API returns it, at the time of sending.</summary>
    public required RunSummary Run { get; init; }
}

// Sends what the queue holds, each delivery until it is accepted by a response of 200 to 299, at most eight times. A receiver gets a delivery at least once.
internal sealed partial class WebhookSender(
    WebhookQueue queue, IServiceScopeFactory scopes, StoreRetry retry, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookSender> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    // With a first pause of 5 s: 5 s, 30 s, 2 min, 10 min, 1 h, 4 h, 12 h.
    private static readonly int[] Pauses = [1, 6, 24, 120, 720, 2_880, 8_640];

    private readonly WebhookOptions options = options.Value;

    // Before the first request: from then on every end is queued.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await retry.RunAsync(stopping => queue.SetAddressesAsync(options.Addresses, stopping), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Addresses.Count == 0)
        {
            return;
        }

        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) });
        http.Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Trainyard", null));
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Poll;
            try
            {
                var claimed = await queue.ClaimAsync(http.Timeout + AfterTrouble, stoppingToken);
                await Task.WhenAll(claimed.Select(delivery => DeliverAsync(http, delivery, stoppingToken)));
                pause = claimed.Count == 0 ? Poll : TimeSpan.Zero;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException exception)
            {
                LogNoDatabase(exception.Message);
                pause = AfterTrouble;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DeliverAsync(HttpClient http, WebhookDelivery delivery, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<RunReader>().SummariesAsync([delivery.RunId], stopping) is not [var run])
        {
            return; // deleted in the meantime, and its deliveries with it
        }

        var problem = await PostAsync(http, delivery, new() { Timestamp = delivery.EndedAt, State = delivery.State, Run = run }, stopping);
        if (problem is null)
        {
            await queue.RemoveAsync(delivery.Id, stopping);
        }
        else if (delivery.Attempts <= Pauses.Length)
        {
            var pause = TimeSpan.FromSeconds((double)options.RetrySeconds * Pauses[delivery.Attempts - 1]);
            LogRetry(delivery.RunId, delivery.Url, delivery.Attempts, problem, pause);
            await queue.RetryAsync(delivery.Id, pause, stopping);
        }
        else
        {
            LogGivenUp(delivery.RunId, delivery.Url, delivery.Attempts, problem);
            await queue.RemoveAsync(delivery.Id, stopping);
        }
    }

    // Returns why the attempt failed; null if the receiver accepted it.
    private async Task<string?> PostAsync(HttpClient http, WebhookDelivery delivery, WebhookEvent content, CancellationToken stopping)
    {
        var id = delivery.Id.ToString();
        var time = clock.GetUtcNow();
        var body = JsonSerializer.Serialize(content, SpecJson.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", $"{time.ToUnixTimeSeconds()}");
        if (options.Secret is { Length: > 0 } secret && WebhookSignature.TryReadKey(secret, out var key))
        {
            request.Headers.Add("webhook-signature", WebhookSignature.Sign(key, id, time, body));
        }

        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stopping);
            return response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return $"no response within {options.TimeoutSeconds} s";
        }
    }

    [LoggerMessage(LogLevel.Warning, "The webhook of run {RunId} to {Url} failed in attempt {Attempt}: {Problem}. The next one is in {Pause}.")]
    private partial void LogRetry(Guid runId, string url, int attempt, string problem, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "The webhook of run {RunId} to {Url} is given up after attempt {Attempt}: {Problem}.")]
    private partial void LogGivenUp(Guid runId, string url, int attempt, string problem);

    [LoggerMessage(LogLevel.Warning, "Webhooks wait for the database: {Problem}")]
    private partial void LogNoDatabase(string problem);
}
