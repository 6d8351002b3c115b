using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Trainyard.Service.Workers;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Inspection;

/// <summary>A forward pass as JSON, or why there is none: the request is wrong, the trainer reports a failure, or it cannot be asked.</summary>
internal sealed record ForwardResult(byte[]? Json, string? Wrong = null, FailedEvent? Failure = null, string? Unavailable = null);

// Forward passes through trained networks, made by a short process (trainer forward), one at a time. Neither its memory nor a crash of it is the service's.
internal sealed partial class ForwardPasses(TrainerLocation trainer, IOptions<TrainerOptions> options, ILogger<ForwardPasses> logger) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim one = new(1);

    public async Task<ForwardResult> ShowAsync(string checkpoint, ForwardRequest request, CancellationToken cancellationToken)
    {
        if (trainer.Find(out var reason) is not { } executable)
        {
            return new(null, Unavailable: reason);
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(executable, checkpoint, JsonSerializer.SerializeToUtf8Bytes(request, SpecJson.Options), cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<ForwardResult> RunAsync(string executable, string checkpoint, byte[] request, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(executable, ["forward", "--checkpoint", checkpoint])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (options.Value.Datasets is { Length: > 0 } datasets)
        {
            start.ArgumentList.Add("--datasets");
            start.ArgumentList.Add(datasets);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        using var process = new Process { StartInfo = start };
        var isStarted = false;
        try
        {
            isStarted = process.Start();
            OomKills.Prefer(process.Id, options.Value.OomScoreAdjust);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            using var output = new MemoryStream();
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            await process.StandardInput.BaseStream.WriteAsync(request, limit.Token);
            process.StandardInput.Close();
            await reading;
            await process.WaitForExitAsync(limit.Token);
            return ResultOf(process.ExitCode, output.ToArray(), (await errors).Trim());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unusable($"no answer within {Timeout.TotalSeconds:0} s");
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return Unusable(exception.Message);
        }
        finally
        {
            if (isStarted && !process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private ForwardResult ResultOf(int exitCode, byte[] output, string errors)
    {
        try
        {
            return exitCode switch
            {
                TrainerExitCode.Finished when JsonNode.Parse(output) is JsonObject => new(output.AsSpan().Trim((byte)'\n').ToArray()),
                TrainerExitCode.Usage => new(null, Wrong: errors),
                TrainerExitCode.Failed when JsonSerializer.Deserialize<RunEvent>(output, SpecJson.Options) is FailedEvent failure => new(null, Failure: failure),
                _ => Unusable($"exit code {exitCode}: {errors}"),
            };
        }
        catch (JsonException exception)
        {
            return Unusable(exception.Message);
        }
    }

    private ForwardResult Unusable(string detail)
    {
        LogUnusable(detail);
        return new(null, Unavailable: $"The trainer did not show the forward pass: {detail}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A forward pass failed: {Detail}")]
    private partial void LogUnusable(string detail);
}
