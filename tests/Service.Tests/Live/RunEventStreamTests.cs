using System.IO.Pipelines;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Trainyard.Service.Live;
using Trainyard.Service.Runs;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Tests.Live;

public sealed class RunEventStreamTests
{
    private const string Comment = ": nothing new";

    private static readonly TimeSpan Almost = RunEventStream.KeepAlive - TimeSpan.FromSeconds(1);

    private readonly ManualClock clock = new();
    private readonly Channel<RunEventEntry[]> batches = Channel.CreateUnbounded<RunEventEntry[]>();
    private readonly Pipe body = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_NothingHappens_SendsACommentAgainAndAgain()
    {
        var (sending, lines) = Start(CancellationToken.None);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            await PassAsync(RunEventStream.KeepAlive);
            Assert.Equal(Comment, await lines.ReadLineAsync(Cancellation));
            Assert.Equal("", await lines.ReadLineAsync(Cancellation));
        }

        batches.Writer.Complete();
        await sending;
        Assert.Null(await lines.ReadLineAsync(Cancellation));
    }

    [Fact]
    public async Task Stream_SomethingHappens_BeginsToCountAnew()
    {
        var (sending, lines) = Start(CancellationToken.None);

        await PassAsync(Almost);
        batches.Writer.TryWrite([Entry(1), Entry(2)]);
        Assert.StartsWith("data: {\"seq\":1,", await lines.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(("id: 1", ""), (await lines.ReadLineAsync(Cancellation), await lines.ReadLineAsync(Cancellation)));
        Assert.StartsWith("data: {\"seq\":2,", await lines.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(("id: 2", ""), (await lines.ReadLineAsync(Cancellation), await lines.ReadLineAsync(Cancellation)));
        await PassAsync(Almost);
        batches.Writer.TryWrite([Entry(3)]);

        Assert.StartsWith("data: {\"seq\":3,", await lines.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        batches.Writer.Complete();
        await sending;
    }

    [Fact]
    public async Task Stream_ClientGoes_Ends()
    {
        using var gone = new CancellationTokenSource();
        var (sending, _) = Start(gone.Token);
        await PassAsync(Almost);

        await gone.CancelAsync();

        await sending.WaitAsync(Waiting.Soon, Cancellation);
        Assert.Equal(0, clock.Waiting);
    }

    private static RunEventEntry Entry(long seq) => new() { Seq = seq, Attempt = 1, At = DateTimeOffset.UnixEpoch, Event = NoticeEvent.From(RunMessageCode.SlowBfloat16) };

    // The stream must be waiting, or it would sleep through the time that passes.
    private async Task PassAsync(TimeSpan time)
    {
        await Waiting.UntilAsync(() => Task.FromResult(clock.Waiting == 1), "the stream waits");
        clock.Advance(time);
    }

    private (Task Sending, StreamReader Lines) Start(CancellationToken aborted)
    {
        var context = new DefaultHttpContext { RequestAborted = aborted };
        context.Response.Body = body.Writer.AsStream();
        return (SendAsync(context), new StreamReader(body.Reader.AsStream()));
    }

    private async Task SendAsync(DefaultHttpContext context)
    {
        await new RunEventStream(batches.Reader.ReadAllAsync(CancellationToken.None), clock).ExecuteAsync(context);
        await body.Writer.CompleteAsync();
    }
}
