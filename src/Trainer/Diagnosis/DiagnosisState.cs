using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>What the diagnosis remembers from epoch to epoch; part of a checkpoint, so of fixed size.</summary>
internal sealed record DiagnosisState
{
    /// <summary>Epochs that are remembered one by one: Prechelt's training strip of 5.</summary>
    public const int Strip = 5;

    /// <summary>Training loss of the first step; null: not known or not finite.</summary>
    public double? FirstLoss { get; init; }

    /// <summary>Norm of the whole gradient in the first step; null: not observed.</summary>
    public double? FirstGradientNorm { get; init; }

    /// <summary>Median over the layers of |update| / |weights| in the first step; null: not observed.</summary>
    public double? FirstUpdateRatio { get; init; }

    /// <summary>The newest epochs, oldest first.</summary>
    public IReadOnlyList<EpochFigures> Recent { get; init; } = [];

    /// <summary>The epoch with the lowest validation loss; null: none yet.</summary>
    public EpochFigures? Best { get; init; }

    /// <summary>The rules that have spoken, and how severely.</summary>
    public IReadOnlyDictionary<string, DiagnosisSeverity> Said { get; init; } = new Dictionary<string, DiagnosisSeverity>(StringComparer.Ordinal);

    /// <summary>The state after one more epoch.</summary>
    public DiagnosisState After(EpochFigures epoch) => this with
    {
        Recent = [.. Recent.Append(epoch).TakeLast(Strip)],
        Best = epoch.ValidationLoss is { } loss && (Best?.ValidationLoss is not { } best || loss < best) ? epoch : Best,
    };
}
