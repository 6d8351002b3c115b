using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class DownloaderTests : IAsyncLifetime
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(index => (byte)(index * 31 % 251))];

    private readonly FixtureServer server = new();
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<string> notices = new();

    private string Target => folder.File("numbers.bin");

    public ValueTask InitializeAsync()
    {
        server.Files["/numbers.bin"] = Content;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Fetch_GoodServer_DownloadsTheFileWithNotices()
    {
        await FetchAsync();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal([Target], Directory.GetFiles(folder.Path));
        Assert.Equal([$"Downloading numbers.bin from {server.Address}numbers.bin.", $"numbers.bin is in {folder.Path}."], notices);
    }

    [Fact]
    public async Task Fetch_FileIsThere_SendsNoRequest()
    {
        await File.WriteAllTextAsync(Target, "mine", TestContext.Current.CancellationToken);
        await FetchAsync();
        Assert.Equal("mine", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Fetch_ConnectionBreaks_ResumesByRange()
    {
        server.Breaks.Enqueue(70_000);
        server.Breaks.Enqueue(50_000);
        await FetchAsync();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal(["/numbers.bin", "/numbers.bin bytes=70000-", "/numbers.bin bytes=120000-"], server.Requests);
    }

    [Fact]
    public async Task Fetch_PartOfAnEarlierProcess_Resumes()
    {
        await File.WriteAllBytesAsync(Target + ".part", Content[..150_000], TestContext.Current.CancellationToken);
        await FetchAsync();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal(["/numbers.bin bytes=150000-"], server.Requests);
        Assert.Contains("Continuing", notices.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_CompletePartOfAnEarlierProcess_IsOnlyHashed()
    {
        await File.WriteAllBytesAsync(Target + ".part", Content, TestContext.Current.CancellationToken);
        await FetchAsync();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_PartOfAnotherFile_StartsAgain()
    {
        await File.WriteAllBytesAsync(Target + ".part", new byte[1000], TestContext.Current.CancellationToken);
        await FetchAsync();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal(["/numbers.bin bytes=1000-", "/numbers.bin"], server.Requests);
    }

    [Fact]
    public async Task Fetch_ServerWithoutRanges_TakesTheWholeFile()
    {
        server.IgnoresRanges = true;
        server.Breaks.Enqueue(70_000);
        await FetchAsync();
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_ServerIsBusyAtFirst_Retries()
    {
        server.Errors.Enqueue(HttpStatusCode.ServiceUnavailable);
        server.Errors.Enqueue(HttpStatusCode.TooManyRequests);
        await FetchAsync();
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_ServerStaysBroken_FailsAndKeepsThePart()
    {
        foreach (var end in new[] { 70_000, 0, 0, 0 })
        {
            server.Breaks.Enqueue(end);
        }

        var failure = await FailAsync();
        Assert.Contains("ended prematurely", failure.Message, StringComparison.Ordinal);
        Assert.Equal(70_000, new FileInfo(Target + ".part").Length);
    }

    [Fact]
    public async Task Fetch_WrongContent_FailsByItsHashAndLeavesNothing()
    {
        server.Files["/numbers.bin"] = [1, 2, 3];
        var failure = await FailAsync();
        Assert.Equal(FailureClass.InvalidData, failure.Class);
        Assert.Contains($"SHA-256 {Sum([1, 2, 3])} instead of {Sum(Content)}", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Fetch_FirstAddressNotFound_UsesTheSecond()
    {
        server.Files["/copy/numbers.bin"] = Content;
        server.Files.Remove("/numbers.bin");
        await FetchAsync([new Uri(server.Address, "numbers.bin"), new Uri(server.Address, "copy/numbers.bin")]);
        Assert.Equal(["/numbers.bin", "/copy/numbers.bin"], server.Requests);
    }

    [Fact]
    public async Task Fetch_NoNetwork_NamesFileAddressFolderAndMirror()
    {
        // No process listens there.
        var failure = await Assert.ThrowsAsync<RunFailureException>(() => FetchAsync([new Uri("http://127.0.0.1:1/numbers.bin")]));
        Assert.Equal(FailureClass.InvalidData, failure.Class);
        Assert.All(
            new[] { "numbers.bin is not on this machine", "http://127.0.0.1:1/numbers.bin", folder.Path, "--mirror", "Datasets__Mirror", "refused" },
            part => Assert.Contains(part, failure.Message, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Fetch_FolderCannotBeCreated_FailsAsStorageAndNamesIt()
    {
        await File.WriteAllTextAsync(Target, "a file, not a folder", TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<RunFailureException>(() => FetchAsync(inFolder: Path.Combine(Target, "below")));
        Assert.Equal(FailureClass.Storage, failure.Class);
        Assert.Contains(Target, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_TwiceAtOnce_DownloadsOnce()
    {
        server.Hold = new TaskCompletionSource();
        var first = FetchAsync();
        await WaitForAsync(() => server.Requests.Count == 1);
        var second = FetchAsync();
        await WaitForAsync(() => notices.Any(notice => notice.StartsWith("Another process", StringComparison.Ordinal)));
        server.Hold.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Fetch_Cancelled_KeepsThePart()
    {
        server.Hold = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        var fetching = FetchAsync(cancellation: cancellation.Token);
        await WaitForAsync(() => File.Exists(Target + ".part") && new FileInfo(Target + ".part").Length == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.Equal(Content[..1], await File.ReadAllBytesAsync(Target + ".part", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Fetch_CompressedAnew_HasTheSameHash()
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            await gzip.WriteAsync(Content, TestContext.Current.CancellationToken);
        }

        server.Files["/numbers.bin"] = compressed.ToArray();
        await FetchAsync(hashesContent: true);
        Assert.Equal(compressed.ToArray(), await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));

        File.Delete(Target);
        server.Files["/numbers.bin"] = Content;
        Assert.Contains("not a gzip file", (await FailAsync(hashesContent: true)).Message, StringComparison.Ordinal);
    }

    private static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private async Task<RunFailureException> FailAsync(bool hashesContent = false) =>
        await Assert.ThrowsAsync<RunFailureException>(() => FetchAsync(hashesContent: hashesContent));

    private async Task FetchAsync(
        IReadOnlyList<Uri>? addresses = null, string? inFolder = null, bool hashesContent = false, CancellationToken? cancellation = null)
    {
        var file = new PublishedFile { Name = "numbers.bin", Folders = [], Sha256 = Sum(Content), HashesContent = hashesContent };
        var downloader = new Downloader((code, arguments) => notices.Enqueue(RunMessageText.From(code, MessageArguments.From(arguments))), TimeProvider.System, TimeSpan.FromMilliseconds(10));
        await downloader.FetchAsync(file, addresses ?? [new Uri(server.Address, "numbers.bin")], inFolder ?? folder.Path, cancellation ?? TestContext.Current.CancellationToken);
    }
}
