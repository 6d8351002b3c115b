namespace Trainyard.Specs.Spec;

/// <summary>Place of batch normalisation in a hidden layer.</summary>
public enum BatchNormPosition
{
    /// <summary>Between the weights and the activation, as in the paper.</summary>
    Before,

    /// <summary>After the activation.</summary>
    After,
}
