using System.Diagnostics;
using System.Text;

namespace Trainyard.Service.Workers;

/// <summary>A limit of a command of the trainer.</summary>
internal enum TrainerLimit
{
    Time,
    Memory,
    Output,
}

// What a command of the trainer may use. Memory: Null: not limited.
internal sealed record TrainerLimits(TimeSpan Time, long? MemoryBytes, int OutputBytes, int OomScoreAdjust);

// How a command ended. Exceeded: The limit for which it was killed; null: it ended by itself. UsedBytes: Memory, when that limit was exceeded.
internal sealed record TrainerAnswer(int ExitCode, byte[] Output, string Errors, TrainerLimit? Exceeded, long UsedBytes, bool OomKillerSeen);

/// <summary>Runs a short command of the trainer that reads one document and writes another. Neither its memory nor a crash of it is the service's.</summary>
internal static class TrainerCommand
{
    private const int ErrorsLength = 4096;

    /// <summary>Runs the command to its end, and kills it when it exceeds a limit or is cancelled.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The executable could not be started.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<TrainerAnswer> RunAsync(
        string executable, IReadOnlyList<string> arguments, byte[] input, TrainerLimits limits, TimeProvider clock, CancellationToken cancellationToken)
    {
        var oomKills = OomKills.Count();
        using var process = Process.Start(new ProcessStartInfo(executable, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        OomKills.Prefer(process.Id, limits.OomScoreAdjust);
        var exceeded = (Limit: (TrainerLimit?)null, UsedBytes: 0L);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync();
        try
        {
            var errors = ReadErrorsAsync(process.StandardError.BaseStream);
            var output = ReadOutputAsync(process.StandardOutput.BaseStream);
            await WriteAsync(process, input, cancellationToken);
            var document = await output.WaitAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new(
                process.ExitCode, document ?? [], await errors, exceeded.Limit, exceeded.UsedBytes, OomKillerSeen: oomKills is { } before && OomKills.Count() > before);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
            Kill(process);
        }

        async Task WatchAsync()
        {
            var began = clock.GetTimestamp();
            while (!ended.IsCancellationRequested)
            {
                var used = limits.MemoryBytes is null ? 0 : Resident(process);
                TrainerLimit? limit = used > limits.MemoryBytes ? TrainerLimit.Memory : clock.GetElapsedTime(began) > limits.Time ? TrainerLimit.Time : null;
                if (limit is not null)
                {
                    exceeded = (limit, used);
                    Kill(process);
                    return;
                }

                await Task.Delay(TrainerMemory.Interval, clock, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // Null: it is too long, and the process was killed.
        async Task<byte[]?> ReadOutputAsync(Stream stream)
        {
            using var read = new MemoryStream();
            var buffer = new byte[16_384];
            while (await stream.ReadAsync(buffer, CancellationToken.None) is var count and > 0)
            {
                read.Write(buffer, 0, count);
                if (read.Length > limits.OutputBytes)
                {
                    exceeded = (TrainerLimit.Output, 0);
                    Kill(process);
                    return null;
                }
            }

            return read.ToArray();
        }
    }

    private static async Task WriteAsync(Process process, byte[] input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    // The last part.
    private static async Task<string> ReadErrorsAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var tail = new StringBuilder();
        var buffer = new char[ErrorsLength];
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            tail.Append(buffer, 0, count);
            tail.Remove(0, Math.Max(0, tail.Length - ErrorsLength));
        }

        return tail.ToString().Trim();
    }

    private static long Resident(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // It has ended.
        }
    }

    private static void Kill(Process process)
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
}
