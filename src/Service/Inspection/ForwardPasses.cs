using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Trainyard.Service.Workers;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Inspection;

/// <summary>An answer as JSON, or why there is none: the request is wrong, the trainer reports a failure, all places are taken, or it cannot be asked.</summary>
internal sealed record ForwardResult(byte[]? Json, string? Wrong = null, FailedEvent? Failure = null, int? Busy = null, string? Unavailable = null);

// Forward passes through trained networks, made by trainer processes. Neither their memory nor a crash of them is the service's.
internal sealed partial class ForwardPasses(TrainerLocation trainer, ForwardTrainers trainers, IOptions<ForwardOptions> options, ILogger<ForwardPasses> logger)
{
    // The first one loads the network and its dataset.
    private static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(20);

    public async Task<ForwardResult> AskAsync(string checkpoint, InspectionRequest request, CancellationToken cancellationToken)
    {
        if (options.Value.MaximumNetworks == 0)
        {
            return new(null, Unavailable: "Forward passes are off: ForwardPasses:MaximumNetworks is 0.");
        }

        if (trainer.Find(out var reason) is not { } executable)
        {
            return new(null, Unavailable: reason);
        }

        try
        {
            return trainers.Enter(executable, checkpoint) is { } own ? await AskAsync(own, request, cancellationToken) : new(null, Busy: options.Value.MaximumNetworks);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return Unusable(exception.Message);
        }
    }

    private async Task<ForwardResult> AskAsync(ForwardTrainer own, InspectionRequest request, CancellationToken cancellationToken)
    {
        var isUsable = false;
        try
        {
            var answer = await own.Process.AskAsync(request, own.IsLoaded ? Answer : FirstAnswer, cancellationToken);
            var type = answer.GetProperty("type").GetString();
            isUsable = own.IsLoaded = type != "failed";
            return type switch
            {
                "pass" => new(Text(answer.GetProperty("pass"))),
                "samples" => new(Text(answer.GetProperty("samples"))),
                "refused" => new(null, Wrong: answer.GetProperty("message").GetString()),
                "failed" => new(null, Failure: answer.GetProperty("failure").Deserialize<FailedEvent>(SpecJson.Options)),
                _ => Unusable($"an answer '{type}'"),
            };
        }
        catch (OperationCanceledException)
        {
            // While it waited for others.
            isUsable = true;
            throw;
        }
        catch (SessionLostException lost)
        {
            return Unusable(own.Ended ?? lost.Message);
        }
        finally
        {
            trainers.Leave(own, isUsable);
        }
    }

    private static byte[] Text(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());

    private ForwardResult Unusable(string detail)
    {
        LogUnusable(detail);
        return new(null, Unavailable: $"The trainer did not show the forward pass: {detail}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A forward pass failed: {Detail}")]
    private partial void LogUnusable(string detail);
}
