using System.Diagnostics;
using System.Text.Json;

namespace Trainyard.Service.Workers;

internal static class TrainerProbe
{
    private static readonly TimeSpan InfoTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Runs <c>trainer info</c>, which loads the tensor engine. Returns its output: one JSON object with engine, version, devices and threads.</summary>
    /// <exception cref="InvalidOperationException">The trainer failed, or its output is no JSON object.</exception>
    /// <exception cref="TimeoutException">It did not exit in time.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    public static async Task<string> RunAsync(string trainer, CancellationToken cancellationToken)
    {
        var info = await RunAsync(trainer, ["info"], InfoTimeout, cancellationToken);
        try
        {
            using var parsed = JsonDocument.Parse(info);
            return parsed.RootElement.ValueKind == JsonValueKind.Object
                ? info
                : throw new InvalidOperationException($"'{trainer} info' printed no JSON object: {info}");
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"'{trainer} info' printed no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Runs a command of the trainer to its end, and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    /// <exception cref="TimeoutException">It did not exit in time.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    public static async Task<string> RunAsync(string trainer, string[] arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(trainer, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? (await output).Trim()
                : throw new InvalidOperationException($"'{trainer} {arguments[0]}' failed with exit code {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{trainer} {arguments[0]}' did not exit within {timeout.TotalSeconds:0} s.", exception);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
