using System.Diagnostics;
using System.Text.Json;

namespace Trainyard.Service.Workers;

/// <summary>Asks a trainer what it can do.</summary>
internal static class TrainerInfo
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The answer of <c>trainer info</c>: one JSON object with engine, version, devices and threads.</summary>
    /// <exception cref="InvalidOperationException">The trainer failed, or its answer is no JSON object.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    public static async Task<string> AskAsync(string trainer, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(trainer, "info")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var answer = (await output).Trim();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"'{trainer} info' ended with exit code {process.ExitCode}: {(await errors).Trim()}");
            }

            using var parsed = JsonDocument.Parse(answer);
            return parsed.RootElement.ValueKind == JsonValueKind.Object
                ? answer
                : throw new InvalidOperationException($"'{trainer} info' printed no JSON object: {answer}");
        }
        catch (JsonException problem)
        {
            throw new InvalidOperationException($"'{trainer} info' printed no JSON: {problem.Message}", problem);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{trainer} info' did not end within {Patience.TotalSeconds:0} s.", late);
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
