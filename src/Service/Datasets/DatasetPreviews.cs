using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Workers;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Datasets;

/// <summary>A preview as JSON, or why there is none: the failure that the trainer reports, or the reason why it cannot be asked.</summary>
internal sealed record PreviewResult(byte[]? Json, FailedEvent? Failure, string? Unavailable);

// Previews of datasets, made by a short process (trainer preview), one at a time, and kept in the data folder. Neither its memory nor a crash of it is the
// service's.
internal sealed partial class DatasetPreviews(
    TrainerLocation trainer, IOptions<TrainerOptions> trainerOptions, IOptions<ServiceOptions> options, TimeProvider clock, ILogger<DatasetPreviews> logger) : IDisposable
{
    // Files kept; the oldest ones are removed.
    private const int MaximumKept = 200;

    private const int MaximumBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim one = new(1);

    private string Folder => Path.Combine(options.Value.DataPath, "previews");

    public async Task<PreviewResult> GetAsync(DataSpec data, CancellationToken cancellationToken)
    {
        // Samples are shown as they are before any augmentation.
        var spec = JsonSerializer.SerializeToUtf8Bytes(new { data = data with { Augmentation = null } }, SpecJson.Options);
        var file = Path.Combine(Folder, $"{Convert.ToHexStringLower(SHA256.HashData(spec))[..32]}.json");
        if (await ReadAsync(file, cancellationToken) is { } kept)
        {
            return new(kept, null, null);
        }

        if (trainer.Find(out var reason) is not { } executable)
        {
            return new(null, null, reason);
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            if (await ReadAsync(file, cancellationToken) is { } meanwhile)
            {
                return new(meanwhile, null, null);
            }

            var result = await RunAsync(executable, spec, cancellationToken);
            if (result.Json is { } json)
            {
                Keep(file, json);
            }

            return result;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private static async Task<byte[]?> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<PreviewResult> RunAsync(string executable, byte[] spec, CancellationToken cancellationToken)
    {
        List<string> arguments = ["preview", .. trainerOptions.Value.DatasetsArguments];

        try
        {
            var limits = new TrainerLimits(Timeout, MemoryBytes: null, MaximumBytes, trainerOptions.Value.OomScoreAdjust);
            var answer = await TrainerCommand.RunAsync(executable, arguments, spec, limits, clock, cancellationToken);
            return answer.Exceeded switch
            {
                TrainerLimit.Time => Unusable($"no answer within {Timeout.TotalSeconds:0} s"),
                TrainerLimit.Output => Unusable($"more than {MaximumBytes} bytes"),
                _ => ResultOf(answer.ExitCode, answer.Output) ?? Unusable($"exit code {answer.ExitCode}: {answer.Errors}"),
            };
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            return Unusable(exception.Message);
        }
    }

    // Null: the output is neither a preview nor a failure.
    private static PreviewResult? ResultOf(int exitCode, byte[] output)
    {
        try
        {
            return exitCode == 0
                ? JsonNode.Parse(output) is JsonObject ? new(output.AsSpan().Trim((byte)'\n').ToArray(), null, null) : null
                : JsonSerializer.Deserialize<RunEvent>(output, SpecJson.Options) is FailedEvent failure ? new(null, failure, null) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private PreviewResult Unusable(string detail)
    {
        LogUnusable(detail);
        return new(null, null, $"The trainer did not show the dataset: {detail}");
    }

    // A preview that cannot be kept is made again the next time.
    private void Keep(string file, byte[] json)
    {
        try
        {
            var folder = Directory.CreateDirectory(Folder);
            foreach (var old in folder.GetFiles("*.json").OrderByDescending(kept => kept.LastWriteTimeUtc).Skip(MaximumKept - 1))
            {
                old.Delete();
            }

            var temporary = Path.Combine(Folder, Path.GetRandomFileName());
            File.WriteAllBytes(temporary, json);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotKept(exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A preview of a dataset failed: {Detail}")]
    private partial void LogUnusable(string detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A preview of a dataset could not be kept: {Reason}")]
    private partial void LogNotKept(string reason);
}
