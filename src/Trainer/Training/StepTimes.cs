using System.Diagnostics;
using System.Text.Json;

namespace Trainyard.Trainer.Training;

/// <summary>A part of one pass of the training loop, in the order of the loop.</summary>
internal enum StepPart
{
    /// <summary>From the end of an update to the beginning of the next: checks, progress, checkpoints, validation.</summary>
    Between,

    /// <summary>Selecting, augmenting and normalizing the samples.</summary>
    Batch,
    Forward,
    Loss,
    Backward,

    /// <summary>Reading the loss, and clipping and measuring the gradient.</summary>
    Checks,

    /// <summary>Weight decay, the update rule, and clearing the gradients.</summary>
    Optimizer,
    Metrics,

    /// <summary>Giving the tensors of the step back.</summary>
    Disposal,
}

// Where the time of the updates goes: the median of each part over all updates of a process, in microseconds, and the processor's time per update. Printed as one line of JSON
// to standard error at the end, where the variable is set (docs/performance.md). On a GPU a part is the time to queue its work.
internal sealed class StepTimes : IDisposable
{
    private const string Variable = "TRAINYARD_STEP_TIMES";

    // Updates before the code is compiled and memory has settled.
    private const int WarmUp = 20;

    private readonly List<double>[] parts = [.. Enum.GetValues<StepPart>().Select(_ => new List<double>())];
    private long last;
    private int steps;
    private TimeSpan processor;

    /// <summary>Null: they are not wanted.</summary>
    public static StepTimes? FromEnvironment() => Environment.GetEnvironmentVariable(Variable) == "1" ? new StepTimes() : null;

    /// <summary>The time since the last call belonged to a part.</summary>
    public void End(StepPart part)
    {
        var now = Stopwatch.GetTimestamp();
        if (part == StepPart.Between && ++steps == WarmUp)
        {
            processor = Environment.CpuUsage.TotalTime;
        }

        if (steps > WarmUp)
        {
            parts[(int)part].Add(Stopwatch.GetElapsedTime(last, now).TotalMicroseconds);
        }

        last = now;
    }

    public void Dispose()
    {
        if (steps <= WarmUp + 1)
        {
            return;
        }

        var medians = Enum.GetValues<StepPart>().ToDictionary(part => part.ToString(), part => Math.Round(Median(parts[(int)part]), 1));
        medians["Processor"] = Math.Round((Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / (steps - WarmUp), 1);
        Console.Error.WriteLine(JsonSerializer.Serialize(medians));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
