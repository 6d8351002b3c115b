using Microsoft.AspNetCore.Http.Features;
using Trainyard.Service.Store;

namespace Trainyard.Service.Http;

// Requests while the database does not answer: new ones are rejected at once, and those that wait for it are answered when StoreWatch notices, 3 s after they came
// at the latest. Their handler goes on in the background, with the services of the request, until its statement was cancelled: a server that hangs
// does not answer cancellations either.
internal sealed class StoreWaits(StoreWatch watch) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var wait = watch.BeginWait();
        var http = context.HttpContext;
        if (wait.Unavailable.IsCancellationRequested)
        {
            return Problem.StoreUnavailable(http.Response, began: false);
        }

        var handling = next(context).AsTask();
        await ((Task)handling).WaitAsync(wait.Unavailable).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (handling.IsCompleted)
        {
            return await handling;
        }

        // Not on the thread that reports the outage to all requests.
        await Task.Yield();

        // The handler may still set a header: no other request may get its HttpContext.
        http.Response.Headers.Connection = "close";
        http.Features.GetRequiredFeature<RequestScope>().Abandon(handling);
        return Problem.StoreUnavailable(http.Response);
    }

    /// <summary>The services and the cancellation of one request, which end with the request or, if it is abandoned, with its handler.</summary>
    internal sealed class RequestScope(HttpContext context, AsyncServiceScope services) : IAsyncDisposable
    {
        private readonly IServiceProvidersFeature? outer = context.Features.Get<IServiceProvidersFeature>();
        private readonly CancellationToken aborted = context.RequestAborted;
        private readonly CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        private Task? abandoned;

        public void Enter()
        {
            context.Features.Set<IServiceProvidersFeature>(new ServiceProvidersFeature { RequestServices = services.ServiceProvider });
            context.RequestAborted = ended.Token;
            context.Features.Set(this);
        }

        public void Abandon(Task handling)
        {
            abandoned = handling;
            context.RequestAborted = aborted;
        }

        public async ValueTask DisposeAsync()
        {
            context.Features.Set(outer);
            context.RequestAborted = aborted;
            if (abandoned is null)
            {
                await EndAsync();
            }
            else
            {
                _ = EndAsync(abandoned);
            }
        }

        private async Task EndAsync(Task handling)
        {
            // Cancelling a statement blocks until the server or a time limit ends it.
            await Task.Factory.StartNew(ended.Cancel, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await handling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await EndAsync();
        }

        private async Task EndAsync()
        {
            await services.DisposeAsync();
            ended.Dispose();
        }
    }
}

internal static class StoreWaitsSetup
{
    /// <summary>Gives each request services that may outlive it. Call it after routing, before the endpoints that <see cref="StoreWaits"/> filters.</summary>
    public static void UseRequestScopes(this WebApplication app)
    {
        var scopes = app.Services.GetRequiredService<IServiceScopeFactory>();
        app.Use(async (context, next) =>
        {
            await using var scope = new StoreWaits.RequestScope(context, scopes.CreateAsyncScope());
            scope.Enter();
            await next(context);
        });
    }
}
