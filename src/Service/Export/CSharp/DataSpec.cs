/// <summary>How samples are held out: a share or a number of them; at most so many of the others are learned from.</summary>
internal sealed record DataSpec
{
    public required double ValidationFraction { get; init; }

    public required int? ValidationCount { get; init; }

    public required int? TrainLimit { get; init; }

    public int ValidationSamples(int trainSamples) => ValidationCount ?? (int)Math.Round(trainSamples * ValidationFraction);
}
