using System.Text;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Trainer.Checkpoints;

/// <summary>What a checkpoint is compared by: a spec, and the same spec without its number of epochs, so that a run can be extended.</summary>
/// <param name="Sha256">SHA-256 of the canonical spec.</param>
/// <param name="ContinuationSha256">The same without the number of epochs; null: nothing but this very spec fits.</param>
internal sealed record SpecIdentity(string Sha256, string? ContinuationSha256 = null)
{
    /// <summary>The identity of a spec.</summary>
    public static SpecIdentity Of(ExperimentSpec spec) => new(SpecJson.Sha256(spec), SpecJson.Sha256(spec with { Training = spec.Training with { Epochs = 0 } }));

    /// <summary>
    /// The identity of the spec that a checkpoint was made with. It is read anew, because the canonical form of an earlier version lacks the members that
    /// came since; those have the default that changes nothing.
    /// </summary>
    public static SpecIdentity Of(CheckpointHeader header) =>
        header.Spec is { } json && SpecReader.Read(Encoding.UTF8.GetBytes(json)) is { IsValid: true, Spec: { } spec }
            ? Of(spec)
            : new SpecIdentity(header.SpecSha256, header.ContinuationSha256);

    /// <summary>Whether a run of this spec may go on from a checkpoint of another identity: it is the same, or differs in the number of epochs alone.</summary>
    public bool Continues(SpecIdentity saved) =>
        Sha256 == saved.Sha256 || (ContinuationSha256 is not null && ContinuationSha256 == saved.ContinuationSha256);
}
