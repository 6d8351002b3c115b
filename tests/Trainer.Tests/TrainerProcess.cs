using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Tests;

/// <summary>The real trainer as a process. Every wait is bounded.</summary>
internal sealed class TrainerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Process process;
    private readonly Channel<TrainerLine> incoming = Channel.CreateUnbounded<TrainerLine>();
    private readonly Channel<int> ends = Channel.CreateUnbounded<int>();
    private readonly StringBuilder errors = new();
    private readonly Task reading;
    private readonly Task readingErrors;

    private TrainerProcess(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        process = Process.Start(start)!;
        reading = ReadAsync();
        readingErrors = ReadErrorsAsync();
    }

    /// <summary>The executable that belongs to the configuration of these tests.</summary>
    public static string Executable { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Trainer", new DirectoryInfo(AppContext.BaseDirectory).Name, "trainer"));

    /// <summary>Every line so far that a wait has passed, or all of them after the end.</summary>
    public List<TrainerLine> Lines { get; } = [];

    public int Id => process.Id;

    public IEnumerable<RunEvent> Events => Lines.Select(line => line.Event);

    public static TrainerProcess Start(params string[] arguments) => new(new ProcessStartInfo(Executable, arguments));

    /// <summary>Starts it through another program, as in <c>unshare ... trainer ...</c>, or with other environment variables.</summary>
    public static TrainerProcess Start(ProcessStartInfo start) => new(start);

    /// <summary>Trains, with two threads unless requested otherwise. Checkpoints by time would depend on the machine's speed, so there are none unless requested.</summary>
    public static TrainerProcess Train(TemporaryFolder folder, string spec, params string[] arguments)
    {
        string[] pace = arguments.Contains("--checkpoint-seconds") ? [] : ["--checkpoint-seconds", "3600"];
        string[] threads = arguments.Contains("--threads") ? [] : ["--threads", "2"];
        return Start(["train", "--spec", folder.Write("spec.json", spec), "--out", folder.File("run"), .. threads, .. pace, .. arguments]);
    }

    /// <summary>Trains to the end and checks the exit code.</summary>
    public static async Task<TrainerProcess> RunAsync(TemporaryFolder folder, string spec, int exitCode, params string[] arguments)
    {
        var trainer = Train(folder, spec, arguments);
        await trainer.ExpectExitAsync(exitCode);
        return trainer;
    }

    public void Send(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    public void CloseInput() => process.StandardInput.Close();

    public void Kill() => process.Kill();

    /// <summary>The next event that fits; earlier ones are kept in <see cref="Lines"/>.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool>? condition = null)
        where T : RunEvent
    {
        using var timeout = new CancellationTokenSource(Limit);
        while (await incoming.Reader.WaitToReadAsync(timeout.Token))
        {
            while (incoming.Reader.TryRead(out var line))
            {
                Lines.Add(line);
                if (line.Event is T found && condition?.Invoke(found) != false)
                {
                    return found;
                }
            }
        }

        throw new InvalidOperationException($"The trainer ended without the expected {typeof(T).Name}. {await ErrorsAsync()}");
    }

    /// <summary>Of a trainer that waits: the end of its command, and the exit code of that.</summary>
    public async Task<int> EndAsync()
    {
        using var timeout = new CancellationTokenSource(Limit);
        var exitCode = await ends.Reader.ReadAsync(timeout.Token);
        while (incoming.Reader.TryRead(out var line))
        {
            Lines.Add(line);
        }

        return exitCode;
    }

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public async Task<int> ExitAsync()
    {
        using var timeout = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(timeout.Token);
        await reading;
        await foreach (var line in incoming.Reader.ReadAllAsync(timeout.Token))
        {
            Lines.Add(line);
        }

        return process.ExitCode;
    }

    public async Task ExpectExitAsync(int code)
    {
        var actual = await ExitAsync();
        Assert.True(actual == code, $"Exit code {actual} instead of {code}. {await ErrorsAsync()}\n{string.Join('\n', Events.OfType<FailedEvent>())}");
    }

    public async Task<string> ErrorsAsync()
    {
        await readingErrors;
        return errors.Replace(TrainerOrder.EndMark.ToString(), "").ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        await reading;
        await readingErrors;
        process.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line is [TrainerOrder.EndMark, ..])
                {
                    await ends.Writer.WriteAsync(int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture));
                }
                else if (line.StartsWith('{') && line.Contains("\"seq\"", StringComparison.Ordinal))
                {
                    await incoming.Writer.WriteAsync(JsonSerializer.Deserialize<TrainerLine>(line, SpecJson.Options)!);
                }
                else
                {
                    throw new InvalidDataException($"Not an event on standard output: {line}");
                }
            }
        }
        catch (JsonException)
        {
            // A line that was cut by a kill; anything else shows up as a missing event.
            Assert.True(process.HasExited);
        }
        finally
        {
            incoming.Writer.Complete();
            ends.Writer.Complete();
        }
    }

    private async Task ReadErrorsAsync() => errors.Append(await process.StandardError.ReadToEndAsync());
}
