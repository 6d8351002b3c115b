using System.Diagnostics;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Setup;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Sessions;

// A network in training and what draws it. The spec is trained without observation and time limit, neither of which changes a weight.
internal sealed class SessionState : IDisposable
{
    // A session ends with its process.
    private static readonly StopSignal Never = new();

    private readonly EventWriter events = new(Stream.Null, TimeProvider.System);
    private readonly RunObserver observer;

    // Whether the network has the weights of the best epoch instead of the last one's.
    private bool hasBest;

    public SessionState(ExperimentSpec spec, ModelPlan plan, Dataset dataset, Cursor? from = null, SessionState? earlier = null)
    {
        Spec = spec;
        var trained = spec with { Training = spec.Training with { Observe = null, TimeLimitSeconds = null } };
        Setup = new TrainingSetup(trained, plan, dataset, CPU);
        observer = new RunObserver(Setup, state: null, events);
        if (earlier is not null)
        {
            CopyFrom(earlier);
        }

        Steps = new TrainingSteps(Setup, from ?? Cursor.Start, observer, Never);
        if (earlier is not null)
        {
            Setup.Optimizer.Steps = HasOptimizerOf(earlier) ? earlier.Setup.Optimizer.Steps : 0;
        }

        Painter = new SessionPainter(Setup, Steps);
    }

    public ExperimentSpec Spec { get; }
    public TrainingSetup Setup { get; }
    public TrainingSteps Steps { get; }
    public SessionPainter Painter { get; }

    // Does updates, with all that an epoch's end brings; stops at the end of the training, and after the first update that ends beyond the time, if there is one.
    // Returns how many. Throws RunFailureException where training cannot continue.
    public int Advance(int updates, TimeSpan? time = null)
    {
        var start = Stopwatch.GetTimestamp();
        var done = 0;
        while (done < updates && !Steps.IsComplete && !(done > 0 && Stopwatch.GetElapsedTime(start) >= time))
        {
            Steps.Step();
            done++;
            if (Steps.IsEpochDone)
            {
                var validation = Steps.Validate()!;
                Steps.CheckEpoch();
                Steps.NextEpoch(validation);
            }
        }

        if (done > 0 && Steps.IsComplete)
        {
            // As at the end of a run.
            hasBest = Steps.Tracker.RestoreBest(Steps.Cursor.Epoch, events) != Steps.Cursor.Epoch;
        }

        return done;
    }

    /// <summary>The position that another spec with the same data and network goes on from.</summary>
    public Cursor PositionFor(ExperimentSpec next)
    {
        var sums = Steps.Metrics;
        var position = Steps.Cursor with
        {
            LossSum = sums.LossSum,
            Correct = sums.Correct,
            Plateau = next.Training.Schedule.Name == Spec.Training.Schedule.Name ? Steps.Cursor.Plateau : null,
            Stopping = null,
        };
        // Batches of another size begin the epoch again, and the schedule is where this epoch begins.
        return next.Training.BatchSize == Spec.Training.BatchSize ? position : position with { StepInEpoch = 0, LossSum = 0, Correct = 0 };
    }

    public void Dispose()
    {
        Painter.Dispose();
        Steps.Dispose();
        observer.Dispose();
        Setup.Dispose();
    }

    private bool HasOptimizerOf(SessionState earlier) => Spec.Training.Optimizer.Name == earlier.Spec.Training.Optimizer.Name;

    // Weights and batch-norm statistics, and the optimizer's state where both have it.
    private void CopyFrom(SessionState earlier)
    {
        using var _ = no_grad();
        if (earlier.hasBest)
        {
            earlier.Steps.Tracker.RestoreLast();
            earlier.hasBest = false;
        }

        var old = (HasOptimizerOf(earlier) ? earlier.Setup.State() : earlier.Setup.Weights()).ToDictionary(entry => entry.Name, entry => entry.Tensor);
        foreach (var (name, tensor) in Setup.State())
        {
            if (old.TryGetValue(name, out var value))
            {
                tensor.copy_(value);
            }
        }
    }
}
