using System.Text;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Sessions;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Sessions;

/// <summary>Trains by request: the same updates as of a run, one after the other, with a drawing of the network after each request.</summary>
internal sealed class TrainingSession(DatasetLoader loader) : IDisposable
{
    private const double MostSeconds = 60;

    private SessionState? state;
    private FailedEvent? failure;
    private (string Key, Dataset Data)? dataset;

    /// <summary>The training; null before the first spec.</summary>
    public SessionState? State => state;

    public SessionAnswer Handle(SessionRequest request)
    {
        try
        {
            return request switch
            {
                OpenRequest open => Open(open.Spec),
                StepRequest step => Step(step),
                ChangeRequest change => Change(change.Spec),
                ResetRequest => Reset(),
                _ => throw new ArgumentException($"A session has no request {request.GetType().Name}.", nameof(request)),
            };
        }
        catch (Exception exception) when (RunFailureException.From(exception) is { } reason)
        {
            failure = reason.ToEvent();
            return Failed();
        }
    }

    public void Dispose() => state?.Dispose();

    private SessionAnswer Open(JsonElement document)
    {
        var reading = Read(document);
        return reading.IsValid ? Begin(reading.Spec, reading.Plan) : new RefusedAnswer { Findings = reading.Findings };
    }

    private SessionAnswer Change(JsonElement document)
    {
        var reading = Read(document);
        if (!reading.IsValid)
        {
            return new RefusedAnswer { Findings = reading.Findings };
        }

        if (state is not { } now || !HasSameNetwork(now.Spec, reading.Spec))
        {
            return Begin(reading.Spec, reading.Plan);
        }

        Replace(new SessionState(reading.Spec, reading.Plan, Load(reading.Spec.Data), now.PositionFor(reading.Spec), now));
        return Frame();
    }

    private SessionAnswer Step(StepRequest request)
    {
        if (failure is not null)
        {
            return Failed();
        }

        var done = Opened.Advance(request.Steps, request.Seconds is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, MostSeconds)) : null);
        return Frame(done);
    }

    private OpenedAnswer Reset()
    {
        var spec = Opened.Spec;
        return Begin(spec, ModelPlanner.Plan(spec));
    }

    private SessionState Opened => state ?? throw new InvalidOperationException("The session has no spec yet: the first request is 'open'.");

    private OpenedAnswer Begin(ExperimentSpec spec, ModelPlan plan)
    {
        var next = new SessionState(spec, plan, Load(spec.Data));
        Replace(next);
        return new OpenedAnswer
        {
            Frame = next.Painter.Draw(),
            Spec = JsonSerializer.SerializeToElement(spec, SpecJson.Options),
            ClassNames = DatasetShape.From(spec.Data.Dataset).ClassNames,
            TrainSamples = next.Setup.Split.Train.Length,
            ValidationSamples = next.Setup.Split.Validation.Length,
            Parameters = plan.Parameters,
            Points = next.Painter.Points,
            Inputs = next.Painter.Inputs,
        };
    }

    private void Replace(SessionState next)
    {
        state?.Dispose();
        state = next;
        failure = null;
    }

    private FrameAnswer Frame(int steps = 0) => new() { Steps = steps, Frame = Opened.Painter.Draw() };

    private FailedAnswer Failed() => new() { Failure = failure!, Frame = state?.Painter.Draw() };

    private static SpecReading Read(JsonElement document) => SpecReader.Read(Encoding.UTF8.GetBytes(document.GetRawText()));

    // Whether the weights of one spec are weights of the other, trained on the same samples.
    private static bool HasSameNetwork(ExperimentSpec one, ExperimentSpec other) =>
        one.Seed == other.Seed && Text(one.Data) == Text(other.Data) && Text(one.Model) == Text(other.Model);

    private static string Text<T>(T section) => JsonSerializer.Serialize(section, SpecJson.Options);

    // The samples as they were drawn or read; kept for the next spec.
    private Dataset Load(DataSpec data)
    {
        var key = $"{data.Seed} {Text(data.Dataset)}";
        if (dataset?.Key != key)
        {
            dataset = (key, loader.LoadAsync(data.Dataset, new RunSeed(data.Seed), CancellationToken.None).GetAwaiter().GetResult());
        }

        return dataset!.Value.Data;
    }
}
