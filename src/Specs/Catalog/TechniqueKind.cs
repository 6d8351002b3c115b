namespace Trainyard.Specs.Catalog;

/// <summary>What a technique is chosen for.</summary>
public enum TechniqueKind
{
    /// <summary>A source of samples.</summary>
    Dataset,

    /// <summary>A rule that turns gradients into weight updates.</summary>
    Optimizer,

    /// <summary>A distribution of the first weights.</summary>
    Initialization,

    /// <summary>A non-linearity.</summary>
    Activation,

    /// <summary>A pull of the weights towards zero.</summary>
    WeightDecay,

    /// <summary>A ready network.</summary>
    Preset,

    /// <summary>The learning rate over the course of training.</summary>
    Schedule,

    /// <summary>A bound on the gradient of a step.</summary>
    GradientClipping,

    /// <summary>A layer of a free list.</summary>
    Layer,

    /// <summary>A setting against overfitting, beside weight decay.</summary>
    Regularization,

    /// <summary>A random change of training images.</summary>
    Augmentation,

    /// <summary>A number format of convolutions and matrix products.</summary>
    Precision,
}
