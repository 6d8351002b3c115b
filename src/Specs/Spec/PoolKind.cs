namespace Trainyard.Specs.Spec;

/// <summary>Pooling at the end of a convolution block.</summary>
public enum PoolKind
{
    /// <summary>No pooling.</summary>
    None,

    /// <summary>Maximum of each window.</summary>
    Max,

    /// <summary>Mean of each window.</summary>
    Average,
}
