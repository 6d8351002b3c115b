using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Trainyard.Service.Tests.Webhooks;

/// <summary>A web server that keeps what is posted to it, and answers with the next of some statuses; with 204 after the last one.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<(IHeaderDictionary Headers, string Body)> received = Channel.CreateUnbounded<(IHeaderDictionary, string)>();

    private WebhookReceiver(WebApplication app) => this.app = app;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/ended";

    public static async Task<WebhookReceiver> StartAsync(int port = 0, params int[] statuses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var host = builder.Build();
        var receiver = new WebhookReceiver(host);
        var answers = new Queue<int>(statuses);
        host.MapPost("/ended", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            await receiver.received.Writer.WriteAsync((new HeaderDictionary(request.Headers.ToDictionary()), await reader.ReadToEndAsync()));
            return TypedResults.StatusCode(answers.TryDequeue(out var status) ? status : StatusCodes.Status204NoContent);
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async Task<(IHeaderDictionary Headers, string Body)> NextAsync() =>
        await received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Waiting.Soon, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
