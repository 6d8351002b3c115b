using System.Diagnostics;
using System.Text.Json;

namespace Trainyard.Service.Workers;

internal static class TrainerProbe
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    // Runs trainer info, which loads the tensor engine.
    // Returns its output: one JSON object with engine, version, devices and threads. Throws InvalidOperationException: the trainer failed, or its output is no
    // JSON object. Throws TimeoutException: it did not exit in time. Throws System.ComponentModel.Win32Exception: it could not be started.
    public static async Task<string> RunAsync(string trainer, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(trainer, "info")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var info = (await output).Trim();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"'{trainer} info' failed with exit code {process.ExitCode}: {(await errors).Trim()}");
            }

            using var parsed = JsonDocument.Parse(info);
            return parsed.RootElement.ValueKind == JsonValueKind.Object
                ? info
                : throw new InvalidOperationException($"'{trainer} info' printed no JSON object: {info}");
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"'{trainer} info' printed no JSON: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{trainer} info' did not exit within {Timeout.TotalSeconds:0} s.", exception);
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
