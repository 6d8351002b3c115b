using System.Net.ServerSentEvents;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Trainyard.Service.Live;
using Trainyard.Service.Runs;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Tests.Live;

public sealed class RunEventsApiTests : IDisposable
{
    private static readonly TimeSpan Almost = RunEventsApi.KeepAlive - TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider clock = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<RunEventEntry[]> batches = Channel.CreateUnbounded<RunEventEntry[]>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_NoEvents_SendsAKeepAliveAgainAndAgain()
    {
        await using var items = Items(CancellationToken.None);

        // The first soon, so that the client has the headers.
        foreach (var silence in (TimeSpan[])[RunEventsApi.FirstKeepAlive, RunEventsApi.KeepAlive, RunEventsApi.KeepAlive])
        {
            var next = items.MoveNextAsync();
            clock.Advance(silence);
            Assert.True(await next);
            Assert.Equal((RunEventsApi.KeepAliveType, null), (items.Current.EventType, items.Current.Data));
        }

        batches.Writer.Complete();
        Assert.True(await items.MoveNextAsync());
        Assert.Equal((RunEventsApi.EndType, null), (items.Current.EventType, items.Current.Data));
        Assert.False(await items.MoveNextAsync());
    }

    [Fact]
    public async Task Stream_ServiceStops_EndsWithoutAnEndItem()
    {
        await using var items = Items(CancellationToken.None);
        var next = items.MoveNextAsync();

        await stopping.CancelAsync();

        Assert.False(await next.AsTask().WaitAsync(Waiting.Soon, Cancellation));
    }

    [Fact]
    public async Task Stream_EventsArrive_KeepAliveIsDueAfterTheLastOne()
    {
        await using var items = Items(CancellationToken.None);

        foreach (var (seq, silence) in ((long, TimeSpan)[])[(1, TimeSpan.Zero), (2, Almost), (3, Almost)])
        {
            var next = items.MoveNextAsync();
            clock.Advance(silence);
            batches.Writer.TryWrite([Entry(seq)]);
            Assert.True(await next);
            Assert.Equal(($"{seq}", seq), (items.Current.EventId, items.Current.Data!.Seq));
        }
    }

    [Fact]
    public async Task Stream_ClientDisconnects_Ends()
    {
        using var disconnected = new CancellationTokenSource();
        var items = Items(disconnected.Token);
        var next = items.MoveNextAsync();

        await disconnected.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next.AsTask().WaitAsync(Waiting.Soon, Cancellation));
        await items.DisposeAsync();
    }

    public void Dispose() => stopping.Dispose();

    private static RunEventEntry Entry(long seq) => new() { Seq = seq, Attempt = 1, At = DateTimeOffset.UnixEpoch, Event = NoticeEvent.From(RunMessageCode.SlowBfloat16) };

    private IAsyncEnumerator<SseItem<RunEventEntry?>> Items(CancellationToken cancellationToken) =>
        RunEventsApi.ItemsAsync(batches.Reader.ReadAllAsync(CancellationToken.None), clock, stopping.Token, cancellationToken).GetAsyncEnumerator(Cancellation);
}
