using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Training;

/// <summary>A training run within the test process: quicker than a process, and stopped at an exact step.</summary>
internal sealed class InProcessRun : MemoryStream
{
    private readonly StopSignal stop = new();
    private readonly Func<RunEvent, bool> stopsAfter;

    private InProcessRun(Func<RunEvent, bool> stopsAfter) => this.stopsAfter = stopsAfter;

    public List<RunEvent> Events { get; } = [];

    public RunEnd End { get; private set; }

    // Trains with two threads and a checkpoint after every step. stopsAfter: Requests a stop when it is true of an event; null: never.
    public static InProcessRun Train(
        SpecReading reading, string folder, bool resume = false, Func<RunEvent, bool>? stopsAfter = null, bool checkpoints = true)
    {
        using var run = new InProcessRun(stopsAfter ?? (_ => false));
        var options = new TrainOptions { OutFolder = folder, Resume = resume, Threads = 2, CheckpointInterval = checkpoints ? TimeSpan.Zero : TimeSpan.FromHours(1) };
        run.End = new TrainingRun(reading.Spec!, reading.Plan!, options, new EventWriter(run, TimeProvider.System), run.stop, TimeProvider.System).Run();
        run.stop.Dispose();
        return run;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var line = JsonSerializer.Deserialize<TrainerLine>(buffer, SpecJson.Options)!;
        Events.Add(line.Event);
        if (stopsAfter(line.Event))
        {
            stop.RequestStop("stop");
        }
    }
}
