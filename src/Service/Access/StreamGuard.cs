using Microsoft.AspNetCore.Authentication;
using Trainyard.Service.Store;

namespace Trainyard.Service.Access;

/// <summary>Ends streams (server-sent events, the hub) whose token was revoked or has expired: they are one request, which was authorized when it began.</summary>
internal sealed class StreamGuard(TokenStore tokens, TimeProvider clock)
{
    /// <summary>How long a stream goes on after its token has ended, at most.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var expires = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        if (!IsStream(context.Request) || (context.User.TokenId() is null && expires is null))
        {
            await next(context);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var watch = WatchAsync(context, expires, ended.Token);
        try
        {
            await next(context);
        }
        finally
        {
            await ended.CancelAsync();
            await watch;
        }
    }

    private static bool IsStream(HttpRequest request) => request.HttpContext.WebSockets.IsWebSocketRequest
        || request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
        || request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private async Task WatchAsync(HttpContext context, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (expires <= clock.GetUtcNow() || !await IsValidAsync(context.User.TokenId(), cancellationToken))
            {
                context.Abort();
                return;
            }
        }
    }

    // A stream outlives an outage of the database.
    private async Task<bool> IsValidAsync(Guid? token, CancellationToken cancellationToken)
    {
        try
        {
            return token is not { } id || await tokens.IsValidAsync(id, cancellationToken);
        }
        catch (Exception exception) when (StoreFailure.IsUnavailable(exception) || cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }
}
