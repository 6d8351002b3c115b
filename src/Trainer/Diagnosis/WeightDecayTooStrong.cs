using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Planning;

namespace Trainyard.Trainer.Diagnosis;

// Weight decay multiplies each weight by 1 - p in an update (Loshchilov, Hutter, 2019; Krogh, Hertz, 1991). With p of 2 and more the weights grow: a loss half as
// much again as that of the untrained network then comes from it, not from the learning rate. With a p that outweighs the gradient the weights vanish: less than
// a hundredth of the initial norm is left, which is a problem unless the network has learned its training data.
internal sealed class WeightDecayTooStrong : IDiagnosisRule
{
    // The thresholds are our choice.
    private const double AboveFirst = 1.5;
    private const double Vanished = 0.01;

    private const string Source = "Krogh, Hertz: A Simple Weight Decay Can Improve Generalization, 1991; Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2019";

    public string Name => DiagnosisRules.WeightDecayTooStrong;

    public Finding? Evaluate(DiagnosisContext context)
    {
        if (context.Spec.Training.WeightDecay.Name == "none" || context.Epoch == 0)
        {
            return null;
        }

        var effect = WeightDecayEffect.Of(context.Spec);
        return effect is { Diverges: true } growing ? Growing(context, growing) : Vanishing(context, effect);
    }

    /// <summary>The measurements of what weight decay does; empty where it has no effect by itself.</summary>
    public static IReadOnlyList<Evidence> Evidence(DiagnosisContext context, WeightDecayEffect? effect) => effect is null ? [] :
    [
        context.Measured("weight_decay_strength", effect.Strength, effect.Limit),
        .. effect.Share is null ? (Evidence[])[] : [context.Measured("weight_decay_factor", effect.Factor, -1)],
    ];

    private Finding? Growing(DiagnosisContext context, WeightDecayEffect effect) =>
        context is not { Metrics.TrainLoss: { } loss, State.FirstLoss: { } first } || loss <= AboveFirst * first ? null : context.Finding(
            Name,
            DiagnosisSeverity.Problem,
            [("reason", "weights_grow"), ("factor", effect.Factor), ("ratio", null), ("strength", effect.Strength)],
            [
                .. Evidence(context, effect),
                context.Measured("train_loss", first, epoch: 0),
                context.Measured("train_loss", loss, AboveFirst * first),
            ],
            Source,
            context.Edit().WeakenDecay().SuggestDecay());

    private Finding? Vanishing(DiagnosisContext context, WeightDecayEffect? effect)
    {
        if (context is not { State.FirstWeightNorm: > 0 and var first, WeightNorm: { } norm } || norm > Vanished * first)
        {
            return null;
        }

        return context.Finding(
            Name,
            context.HasLearned ? DiagnosisSeverity.Warning : DiagnosisSeverity.Problem,
            [
                ("reason", "weights_vanish"), ("factor", null), ("ratio", norm / first), ("strength", context.Spec.Training.WeightDecay.Number("strength")),
            ],
            [
                context.Measured("weight_norm", first, epoch: 0),
                context.Measured("weight_norm", norm, Vanished * first),
                .. Evidence(context, effect),
            ],
            Source,
            context.Edit().WeakenDecay().SuggestDecay());
    }
}
