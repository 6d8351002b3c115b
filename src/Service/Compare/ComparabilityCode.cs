namespace Trainyard.Service.Compare;

/// <summary>What a note on a comparison says, for pages that say it in words of their own.</summary>
public enum ComparabilityCode
{
    /// <summary>The runs were trained and validated on different data.</summary>
    OtherData,

    /// <summary>The dataset has the same name, but other files. Argument <c>fingerprints</c>: how many different ones.</summary>
    OtherFiles,

    /// <summary>Each seed drew samples of its own.</summary>
    DrawnBySeed,

    /// <summary>The runs were validated on splits of different size.</summary>
    OtherSplit,

    /// <summary>Label smoothing differs, so a higher loss need not be a worse network.</summary>
    LabelSmoothing,

    /// <summary>
    /// Wherever <c>factor</c> differs, the runs also differ in <c>others</c>: in all of them each time (<c>join</c>: and), or sometimes in one, sometimes
    /// in another (or). A factor is a JSON pointer, or <c>architecture</c>.
    /// </summary>
    Confounded,

    /// <summary>
    /// Runs that started from the weights of the run that they were made from. Arguments: their ids <c>runs</c>, <c>names</c> of the first three,
    /// <c>more</c>: how many beyond these.
    /// </summary>
    ParentWeights,

    /// <summary>Runs that did not train to the end (yet). Arguments as of <see cref="ParentWeights"/>.</summary>
    Unfinished,

    /// <summary>So many (<c>single</c>) of the <c>settings</c> were trained with one seed only.</summary>
    SingleSeed,
}
