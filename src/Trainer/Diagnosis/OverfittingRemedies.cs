using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>What to try about overfitting: the usual remedies where they are missing; where they are in use, stronger; then a smaller network; and if all else is done, less training.</summary>
internal static class OverfittingRemedies
{
    /// <summary>The first remedy that changes the spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="bestEpoch">The epoch with the lowest validation loss, from 1.</param>
    public static Suggestion? Of(ExperimentSpec spec, int bestEpoch) =>
        new SpecEdits(spec).Regularize().Suggest(SuggestionCode.Regularize)
        ?? new SpecEdits(spec).RaiseDropout().StrengthenDecay().Augment().Suggest(SuggestionCode.RegularizeMore)
        ?? new SpecEdits(spec).Narrow().Suggest(SuggestionCode.SmallerNetwork)
        ?? new SpecEdits(spec).StopAfter(bestEpoch).Suggest(SuggestionCode.FewerEpochs, ("epochs", bestEpoch));
}
