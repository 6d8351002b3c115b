using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Training;

/// <summary>Confusion matrix and mistakes of the trained network on the validation samples, and on the test samples if the spec has <c>evaluateTest</c>.</summary>
internal sealed class FinalEvaluation(TrainingSetup setup, Evaluation evaluation, EventWriter events)
{
    // test: Loss and accuracy on the test samples; null: the spec excludes them. Returns false: a stop was requested meanwhile.
    public bool Run(int epochs, out Meter.Reading? test)
    {
        test = null;
        if (Detail(epochs, DataSplit.Validation, setup.Train, setup.Dataset.Train, setup.Split.Validation) is null)
        {
            return false;
        }

        if (!setup.Spec.Training.EvaluateTest)
        {
            return true;
        }

        using var source = setup.OpenTest();
        test = Detail(epochs, DataSplit.Test, source, setup.Dataset.Test, [.. Enumerable.Range(0, setup.TestSamples)]);
        return test is not null;
    }

    private Meter.Reading? Detail(int epochs, DataSplit split, BatchSource source, SampleSet samples, int[] chosen)
    {
        using var scope = NewDisposeScope();
        var details = new EvaluationDetails(split, samples, chosen, DatasetShape.From(setup.Spec.Data.Dataset).ClassNames);
        var sums = evaluation.Run(source, setup.Indices(chosen), details);
        if (sums is not null)
        {
            events.Write(details.ToEvent(epochs, sums.Loss, sums.Accuracy));
        }

        return sums;
    }
}
