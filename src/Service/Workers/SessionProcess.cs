using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Trainyard.Service.Hosting;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Workers;

/// <summary>The trainer did not answer: it ended, or was too slow, and is killed.</summary>
internal sealed class SessionLostException(string message, Exception? cause = null) : Exception(message, cause);

// One trainer process that answers requests, JSON lines both, one at a time. Its standard input stays open as long as this object lives: when this process
// ends, for whatever reason, the trainer reads the end of its input and exits.
internal sealed class SessionProcess : IAsyncDisposable
{
    private const int ErrorCharacters = 2000;

    private readonly Process process;
    private readonly Stream output;
    private readonly SemaphoreSlim one = new(1);
    private readonly Task<string> errors;
    private readonly int longestAnswer;
    private byte[] buffer = new byte[64 * 1024];
    private int received;

    private SessionProcess(Process process, int longestAnswer)
    {
        this.process = process;
        this.longestAnswer = longestAnswer;
        output = process.StandardOutput.BaseStream;
        errors = ReadErrorsAsync(process.StandardError);
    }

    /// <summary>Memory in use; 0 when the process has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                process.Refresh();
                return process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    // arguments: The command and its options, without the folder of datasets. longestAnswer: In bytes; a longer one ends the process. Throws Win32Exception: the
    // executable could not be started.
    public static SessionProcess Start(string executable, TrainerOptions options, string[] arguments, int longestAnswer)
    {
        var start = new ProcessStartInfo(executable, [.. arguments, .. options.DatasetsArguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var started = Process.Start(start)!;
        OomKills.Prefer(started.Id, options.OomScoreAdjust);
        return new SessionProcess(started, longestAnswer);
    }

    /// <summary>Sends a request and returns the answer.</summary>
    /// <typeparam name="TRequest">Type of all requests of this process.</typeparam>
    /// <exception cref="SessionLostException">There was none in time; the process is of no use any more.</exception>
    public async Task<JsonElement> AskAsync<TRequest>(TRequest request, TimeSpan limit, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled by the caller: the next request would read this one's answer.
            using var late = new CancellationTokenSource(limit);
            var input = process.StandardInput.BaseStream;
            await input.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(request, SpecJson.Options), (byte)'\n'], late.Token);
            await input.FlushAsync(late.Token);
            var line = await ReadLineAsync(late.Token);
            using var document = JsonDocument.Parse(line);
            return document.RootElement.Clone();
        }
        catch (OperationCanceledException exception)
        {
            Kill();
            throw new SessionLostException($"no answer within {limit.TotalSeconds:0} s", exception);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or JsonException or ObjectDisposedException)
        {
            Kill();
            throw new SessionLostException($"{exception.Message} {await LastErrorsAsync()}".Trim(), exception);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Kills the process and its children, now.</summary>
    public void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync();
        await ((Task)errors).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Dispose();
    }

    private async Task<byte[]> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = buffer.AsSpan(0, received).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = buffer[..end];
                buffer.AsSpan(end + 1, received - end - 1).CopyTo(buffer);
                received -= end + 1;
                return line;
            }

            if (received == longestAnswer)
            {
                throw new IOException($"An answer is longer than {longestAnswer} bytes.");
            }

            if (received == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, longestAnswer));
            }

            var count = await output.ReadAsync(buffer.AsMemory(received), cancellationToken);
            received += count > 0 ? count : throw new IOException("The trainer ended.");
        }
    }

    // A short wait: the process is ending.
    private async Task<string> LastErrorsAsync()
    {
        await Task.WhenAny(errors, Task.Delay(TimeSpan.FromSeconds(1)));
        return errors.IsCompletedSuccessfully ? await errors : "";
    }

    private static async Task<string> ReadErrorsAsync(StreamReader reader)
    {
        var tail = new StringBuilder();
        var characters = new char[1024];
        while (await reader.ReadAsync(characters) is var count and > 0)
        {
            tail.Append(OutsideText.Neutralize(new string(characters, 0, count)));
            tail.Remove(0, Math.Max(0, tail.Length - ErrorCharacters));
        }

        return tail.ToString().Trim();
    }
}
