namespace Trainyard.Specs.Spec;

/// <summary>Pooling over all positions of a feature map: [C, H, W] becomes [C].</summary>
public enum GlobalPool
{
    /// <summary>The feature map is flattened instead: [C, H, W] becomes [C * H * W].</summary>
    None,

    /// <summary>Mean over the positions of each channel.</summary>
    Average,

    /// <summary>Maximum over the positions of each channel.</summary>
    Max,
}
