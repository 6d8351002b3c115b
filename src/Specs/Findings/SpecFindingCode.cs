namespace Trainyard.Specs.Findings;

/// <summary>
/// What a finding says, for pages that say it in words of their own. A <c>member</c> is a name, an <c>allowed</c> an object like <c>AllowedValue</c>,
/// <c>suggested</c> the value that the fix says to write, a <c>kind</c> that of a technique where nothing else is said.
/// </summary>
public enum SpecFindingCode
{
    /// <summary>The document is not JSON. Arguments: <c>detail</c> (of the parser, in English), <c>maximumDepth</c>.</summary>
    MalformedJson,

    /// <summary>The value is not an object.</summary>
    NotAnObject,

    /// <summary>A member is given twice. Argument: <c>member</c>.</summary>
    DuplicateMember,

    /// <summary>The object has no such member. Arguments: <c>member</c>, <c>known</c> (the members that it has), <c>suggested</c> (the nearest; may be null).</summary>
    UnknownMember,

    /// <summary>An object must be given. Argument: <c>member</c>.</summary>
    MissingObject,

    /// <summary>A value must be given. Arguments: <c>member</c>, <c>allowed</c>.</summary>
    MissingValue,

    /// <summary>A list must be given. Arguments: <c>member</c>, <c>minimum</c> and <c>maximum</c> (items).</summary>
    MissingList,

    /// <summary>Not an array, or one with too few or too many items. Arguments as of <see cref="MissingList"/>.</summary>
    WrongList,

    /// <summary>A value of another type. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c> (may be null).</summary>
    WrongType,

    /// <summary>Not a whole number. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c>.</summary>
    NotWhole,

    /// <summary>A number out of range. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c>.</summary>
    OutOfRange,

    /// <summary>A word that is none of the choices. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c>.</summary>
    NotAChoice,

    /// <summary>Not a list of numbers, or one with too few or too many. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c> (may be null).</summary>
    WrongNumbers,

    /// <summary>A text that is too short, too long, or has a control character. Arguments: <c>member</c>, <c>allowed</c>, <c>length</c>.</summary>
    WrongText,

    /// <summary>A technique must be given. Arguments: <c>member</c>, <c>kind</c>, <c>names</c> (all of the kind), <c>suggested</c>.</summary>
    MissingTechnique,

    /// <summary>Neither a name nor an object. Arguments: <c>kind</c>, <c>names</c>, <c>suggested</c>.</summary>
    NotATechnique,

    /// <summary>The object of a technique has no name. Arguments: <c>kind</c>, <c>names</c>, <c>suggested</c>.</summary>
    MissingTechniqueName,

    /// <summary>
    /// There is no technique of that name. Arguments: <c>kind</c>, <c>names</c>, <c>suggested</c> (what it is called here, or the nearest), and what that name implies, each an
    /// object of members or null: <c>parameters</c> of the technique, <c>beside</c> it in the spec.
    /// </summary>
    UnknownTechnique,

    /// <summary>An even filter cannot keep the size. Arguments: <c>kernel</c>, <c>suggested</c>.</summary>
    EvenKernel,

    /// <summary>Residual layers within residual layers. Argument: <c>maximum</c> (levels).</summary>
    NestedTooDeep,

    /// <summary>A convolutional network on points. Argument: <c>dataset</c>.</summary>
    CnnNeedsImages,

    /// <summary>Augmentation of points. Argument: <c>dataset</c>.</summary>
    AugmentationNeedsImages,

    /// <summary>A member of another kind of model. Arguments: <c>member</c>, <c>kind</c> and <c>neededKind</c> (of models).</summary>
    UnusedMember,

    /// <summary>Dense layers beside a model that has its own. Arguments: <c>kind</c> (of the model), <c>count</c>.</summary>
    UnusedDense,

    /// <summary>The network is too large. Arguments: <c>parameters</c>, <c>maximum</c>, <c>layer</c> (the largest), <c>layerParameters</c>.</summary>
    TooManyParameters,

    /// <summary>Training needs much memory. Arguments: <c>memoryBytes</c>, <c>suggested</c> (batch size).</summary>
    MuchMemory,

    /// <summary>The split leaves too few samples on a side. Arguments: <c>train</c>, <c>validation</c>, <c>classes</c>.</summary>
    SplitTooSmall,

    /// <summary>Every update uses all training samples. Argument: <c>trainSamples</c>.</summary>
    FullBatch,

    /// <summary>He initialisation with a bounded activation. Argument: <c>activation</c>.</summary>
    HeWithBoundedActivation,

    /// <summary>AdamW with a weight decay that is not decoupled. Argument: <c>weightDecay</c>.</summary>
    AdamwWithCoupledDecay,

    /// <summary>An L2 penalty with an optimizer that scales the gradient that it is added to. Argument: <c>optimizer</c>.</summary>
    L2WithAdaptiveOptimizer,

    /// <summary>A setting that no layer of this network listens to. Arguments: <c>member</c>, <c>kind</c> (of the model).</summary>
    NoEffect,

    /// <summary>Every batch leaves batch norm one value per channel, which has no variance. Argument: <c>layers</c> (names in the layer table).</summary>
    BatchNormOfOneValue,

    /// <summary>Training ends before the learning rate has risen. Arguments: <c>warmup</c> and <c>epochs</c> (epochs), <c>suggested</c>.</summary>
    WarmupTooLong,

    /// <summary>A layer for images gets a vector. Arguments: <c>layer</c> (its name in the layer table, here and below), <c>kind</c>, <c>input</c> (shape).</summary>
    LayerNeedsImages,

    /// <summary>A dense layer gets an image. Arguments: <c>layer</c>, <c>input</c> (shape).</summary>
    DenseNeedsVector,

    /// <summary>
    /// A filter covers more than its input has. Arguments: <c>layer</c>, and in pixels <c>kernel</c>, <c>reach</c>, <c>maximum</c>, <c>height</c>, <c>width</c>,
    /// <c>padding</c>.
    /// </summary>
    FilterTooLarge,

    /// <summary>The pooling window is larger than the feature map. Arguments: <c>layer</c>, <c>pool</c>, <c>size</c>, <c>height</c>, <c>width</c>.</summary>
    NothingToPool,

    /// <summary>Maxout with a rest. Arguments: <c>layer</c>, <c>channels</c>, <c>pieces</c>.</summary>
    IncompleteMaxoutGroup,

    /// <summary>A residual layer's input and output differ. Arguments: <c>layer</c>, <c>input</c>, <c>output</c> (shapes).</summary>
    ResidualChangesShape,

    /// <summary>A layer has too many outputs for one sample. Arguments: <c>layer</c>, <c>output</c> (shape), <c>maximum</c> (values).</summary>
    OutputTooLarge,

    /// <summary>A change names a place that the spec does not have.</summary>
    NoSuchPlace,

    /// <summary>
    /// Weights of a parent do not fit. Arguments: <c>layer</c> and <c>expected</c>, each null or with <c>name</c>, <c>kind</c>, <c>input</c>, <c>output</c>
    /// and <c>parameters</c>.
    /// </summary>
    WeightsDoNotFit,
}
