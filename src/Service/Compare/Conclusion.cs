namespace Trainyard.Service.Compare;

/// <summary>What a comparison shows, by the best values of its main metric.</summary>
public sealed record Conclusion
{
    /// <summary>Kind of conclusion.</summary>
    public required ConclusionCode Code { get; init; }

    /// <summary>Metric: validation accuracy, or validation loss where there is no accuracy.</summary>
    public required string Metric { get; init; }

    /// <summary>Number of settings with a value.</summary>
    public required int Settings { get; init; }

    /// <summary>Setting with the best mean.</summary>
    public required ConcludedSetting Best { get; init; }

    /// <summary>The best of the settings that may be as good, or of all others if none may; null for a single setting.</summary>
    public required ConcludedSetting? Other { get; init; }

    /// <summary>Number of other settings that may be as good as the best.</summary>
    public required int Undecided { get; init; }

    /// <summary>How much better the best is than the other: confidence interval of the difference of the means; null without two seeds of both.</summary>
    public required ConfidenceInterval? Difference { get; init; }

    /// <summary>
    /// Seeds of each setting with which a difference of this size would be found with a probability of 80 %; null when it is decided, or when more than 10,000
    /// would be needed.
    /// </summary>
    public required int? RequiredSeeds { get; init; }

    /// <summary>One sentence in English.</summary>
    public required string Message { get; init; }
}

/// <summary>Kind of conclusion of a comparison.</summary>
public enum ConclusionCode
{
    /// <summary>The best setting is better than all others: the differences are significant at 5 %, all together.</summary>
    Decided,

    /// <summary>At least one other setting may be as good: the difference is not significant, or there is no test.</summary>
    Undecided,

    /// <summary>The best setting, or the other, was trained with one seed only.</summary>
    SingleSeed,

    /// <summary>All runs have the same settings; they differ in the seed only.</summary>
    SameSettings,

    /// <summary>The metrics are not comparable; the notes say why.</summary>
    NotComparable,
}

/// <summary>A setting in a conclusion: mean and standard deviation of the best values of its runs.</summary>
public sealed record ConcludedSetting
{
    /// <summary>Key of the group.</summary>
    public required string Group { get; init; }

    /// <summary>Number of runs with a value.</summary>
    public required int N { get; init; }

    /// <summary>Mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Sample standard deviation (n - 1); null for a single run.</summary>
    public required double? Std { get; init; }
}

/// <summary>A confidence interval, by Student's t test over the seeds that both settings have, or by Welch's.</summary>
public sealed record ConfidenceInterval
{
    /// <summary>Level: 0.95, or higher where several settings are compared (Holm, 1979).</summary>
    public required double Confidence { get; init; }

    /// <summary>Whether the settings were compared seed by seed.</summary>
    public required bool Paired { get; init; }

    /// <summary>Lower end.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end.</summary>
    public required double High { get; init; }
}
