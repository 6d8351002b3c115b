using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Trainyard.Service.Access;
using Trainyard.Service.Store;

namespace Trainyard.Service.Tests.Access;

[Trait("Needs", "database")]
public sealed class StreamGuardTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_WhoseTokenIsRevoked_IsAborted()
    {
        await using var dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var tokens = new TokenStore(dataSource, clock, NullLogger<TokenStore>.Instance);
        var token = await tokens.CreateAsync(new TokenRequest { Name = "ann", Scope = AccessScope.Read }, createdBy: null, Cancellation);
        using var lifetime = new Lifetime();
        var context = new DefaultHttpContext { User = Caller.Create("Token", "ann", AccessScope.Read, token.Id) };
        context.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Request.Headers.Accept = "text/event-stream";
        var aborted = new TaskCompletionSource();
        lifetime.RequestAborted.Register(aborted.SetResult);

        var stream = new StreamGuard(tokens, clock).InvokeAsync(context, _ => aborted.Task);
        clock.Advance(StreamGuard.Interval);
        Assert.False(stream.IsCompleted);
        await tokens.RevokeAsync(token.Id, Cancellation);

        await Waiting.UntilAsync(
            () =>
            {
                clock.Advance(StreamGuard.Interval);
                return Task.FromResult(stream.IsCompleted);
            },
            "the stream is aborted");
        await stream;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        private readonly CancellationTokenSource source = new();

        public CancellationToken RequestAborted
        {
            get => source.Token;
            set => throw new NotSupportedException();
        }

        public void Abort() => source.Cancel();

        public void Dispose() => source.Dispose();
    }
}
