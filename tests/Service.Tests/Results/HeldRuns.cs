using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Tests.Results;

/// <summary>Runs that a test holds as a worker does, and the events that it appends to them.</summary>
internal static class HeldRuns
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Guid> HeldRunAsync(this TestApp app, string spec = Api.Xor)
    {
        var id = await app.Http.SubmitAsync(spec);
        await using var command = app.DataSource.CreateCommand(
            $"update runs set state = 'running', worker = 'w', lease_expires_at = now() + interval '1 hour', attempt = 1 where id = '{id}'");
        await command.ExecuteNonQueryAsync(Cancellation);
        return id;
    }

    public static async Task FinishAsync(this TestApp app, Guid id)
    {
        await using var command = app.DataSource.CreateCommand(
            $"update runs set state = 'succeeded', finished_at = now(), worker = null, lease_expires_at = null where id = '{id}'");
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    // Appends events as the worker of attempt 1 does. Returns the last seq; null when the attempt does not hold the run.
    public static Task<long?> AppendAsync(this TestApp app, Guid id, params RunEvent[] events) => app.AppendAsync(id, 1, events);

    /// <summary>Appends events as the worker of an attempt does.</summary>
    public static async Task<long?> AppendAsync(this TestApp app, Guid id, int attempt, RunEvent[] events)
    {
        await using var connection = await app.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var now = TimeProvider.System.GetUtcNow();
        var last = await EventLog.TryAppendAsync(connection, transaction, id, attempt, TimeSpan.FromHours(1), [.. events.Select(next => (now, next))], TimeProvider.System, Cancellation);
        await transaction.CommitAsync(Cancellation);
        return last?.LastSeq;
    }

    public static async Task<long> DetailsAsync(this TestApp app, Guid id)
    {
        await using var command = app.DataSource.CreateCommand($"select count(*) from run_details where run_id = '{id}'");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>An epoch with values that follow from its number.</summary>
    public static EpochEvent Epoch(int epoch, double? validationAccuracy = 0.5, double? validationLoss = 1) => new()
    {
        Epoch = epoch, Step = epoch * 10, TrainLoss = 1.0 / epoch, TrainAccuracy = 0.5, ValidationLoss = validationLoss,
        ValidationAccuracy = validationAccuracy, LearningRate = 0.1, ImagesPerSecond = 100, Seconds = 2, ElapsedSeconds = epoch * 2,
    };

    public static ObservationEvent Observation(int epoch, double mean = 0) => new()
    {
        Epoch = epoch,
        Step = epoch * 10,
        Layers =
        [
            new LayerObservation
            {
                Layer = 0, Name = "dense1", Kind = "dense",
                Activation = new ActivationStatistics { Mean = mean, Std = 1, ZeroShare = 0, DeadShare = null, SaturatedShare = null },
                Gradient = new TensorStatistics { Norm = 0.5, Mean = 0, Std = 0.1 }, ActivationGradientNorm = null,
                Weight = new TensorStatistics { Norm = 3, Mean = 0, Std = 0.2 }, UpdateRatio = 0.001,
            },
        ],
        Histograms =
        [
            new LayerHistograms
            {
                Layer = 0, Activation = new Histogram { Min = mean - 1, Max = mean + 1, Counts = [.. Enumerable.Range(0, 64)] }, Gradient = null, Weight = null,
            },
        ],
    };

    public static DecisionFrameEvent Frame(int epoch, string winner) => new()
    {
        Epoch = epoch,
        Step = epoch * 10,
        Frame = new DecisionFrame
        {
            XMin = -1, XMax = 1, YMin = -1, YMax = 1, Width = 2, Height = 1, Classes = 2, Winner = winner, Confidence = "gP8=",
            Points = epoch == 0 ? [new SamplePoint { X = 0.5, Y = -0.5, Label = 1, Split = DataSplit.Validation }] : null,
        },
    };

    public static PredictionEvent Predicted(int epoch, int predicted) => new()
    {
        Epoch = epoch, Step = epoch * 10, Predictions = [new Prediction { Predicted = predicted, Confidence = 0.5 }],
        Images = epoch == 0 ? [new LabeledImage { Label = 2, Image = "iVBORw0KGgo=" }] : null,
    };

    /// <summary>An evaluation of two samples, one of them wrong.</summary>
    public static EvaluationEvent Evaluation(int epoch, DataSplit split, double loss) => new()
    {
        Epoch = epoch, Split = split, Samples = 2, Loss = loss, Accuracy = 0.5, ClassNames = ["no", "yes"], Confusion = [[1, 0], [1, 0]],
        PerClass =
        [
            new ClassScore { Precision = 0.5, Recall = 1, F1 = 0.6666, Support = 1 }, new ClassScore { Precision = null, Recall = 0, F1 = null, Support = 1 },
        ],
        Mistakes = [new Mistake { Sample = 1, Label = 1, Predicted = 0, Confidence = 0.9, Loss = 2.3, Image = "iVBORw0KGgo=" }],
    };

    public static FindingEvent Finding(string rule, DiagnosisSeverity severity, int epoch) => new()
    {
        Finding = new Finding
        {
            Rule = rule, Severity = severity, Epoch = epoch, Arguments = MessageArguments.None, Message = "60% of the units are dead.",
            Evidence = [new Evidence { Name = "dead share", Layer = "dense1", Epoch = epoch, Value = 0.6, Unit = null, Limit = 0.4 }],
            Source = "He et al., 2015",
            Suggestion = new Suggestion
            {
                Code = SuggestionCode.ReluAndHe, Arguments = MessageArguments.None, Message = "Start with weights for ReLU.",
                Changes = [new SpecChange { Path = "/model/initialization", Value = System.Text.Json.JsonSerializer.SerializeToElement(new { name = "he" }) }],
            },
        },
    };
}
