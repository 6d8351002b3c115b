namespace Trainyard.Specs.Findings;

/// <summary>
/// Messages of findings, with their arguments. <c>member</c> is the name of a setting, <c>allowed</c> its <c>ParameterDefinition</c>, <c>suggested</c> the value
/// to write, <c>kind</c> the kind of technique unless noted otherwise.
/// </summary>
public enum SpecFindingCode
{
    /// <summary>The document is not JSON. Arguments: <c>detail</c> (of the parser, in English), <c>maximumDepth</c>.</summary>
    MalformedJson,

    /// <summary>The value is not an object.</summary>
    NotAnObject,

    /// <summary>A setting appears twice. Argument: <c>member</c>.</summary>
    DuplicateMember,

    /// <summary>Unknown setting. Arguments: <c>member</c>, <c>known</c> (settings of the object), <c>suggested</c> (the nearest; may be null).</summary>
    UnknownMember,

    /// <summary>A required object is missing. Argument: <c>member</c>.</summary>
    MissingObject,

    /// <summary>A required member is missing, which may have any value. Argument: <c>member</c>.</summary>
    MissingMember,

    /// <summary>A required value is missing. Arguments: <c>member</c>, <c>allowed</c>.</summary>
    MissingValue,

    /// <summary>A required list is missing. Arguments: <c>member</c>, <c>minimum</c> and <c>maximum</c> (items).</summary>
    MissingList,

    /// <summary>Not an array, or one with too few or too many items. Arguments as of <see cref="MissingList"/>.</summary>
    WrongList,

    /// <summary>A value of the wrong type. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c> (may be null).</summary>
    WrongType,

    /// <summary>Not an integer. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c>.</summary>
    NotAnInteger,

    /// <summary>A number out of range. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c>.</summary>
    OutOfRange,

    /// <summary>
    /// A number that float32, the format of the weights, rounds to a limit that is not allowed. Arguments: <c>member</c>, <c>allowed</c>, <c>limit</c>,
    /// <c>suggested</c>.
    /// </summary>
    RoundsToLimit,

    /// <summary>A time that has passed. Argument: <c>member</c>.</summary>
    PastTime,

    /// <summary>None of the choices. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c>.</summary>
    NotAChoice,

    /// <summary>Not a list of numbers, or one with too few or too many. Arguments: <c>member</c>, <c>allowed</c>, <c>suggested</c> (may be null).</summary>
    WrongNumbers,

    /// <summary>A string that is too short, too long, or has a control character. Arguments: <c>member</c>, <c>allowed</c>, <c>length</c>.</summary>
    WrongText,

    /// <summary>A required technique is missing. Arguments: <c>member</c>, <c>kind</c>, <c>names</c> (all of the kind), <c>suggested</c>.</summary>
    MissingTechnique,

    /// <summary>Neither a name nor an object. Arguments: <c>kind</c>, <c>names</c>, <c>suggested</c>.</summary>
    NotATechnique,

    /// <summary>The object of a technique has no name. Arguments: <c>kind</c>, <c>names</c>, <c>suggested</c>.</summary>
    MissingTechniqueName,

    /// <summary>
    /// Unknown technique. Arguments: <c>kind</c>, <c>names</c>, <c>suggested</c> (the name of the same technique in the catalog, or the nearest), and the settings
    /// that an alias implies, each an object or null: <c>parameters</c> of the technique, <c>beside</c> it in the spec.
    /// </summary>
    UnknownTechnique,

    /// <summary>An even kernel cannot keep the size. Arguments: <c>kernel</c>, <c>suggested</c>.</summary>
    EvenKernel,

    /// <summary>Residual layers are nested too deep. Argument: <c>maximum</c> (levels).</summary>
    NestedTooDeep,

    /// <summary>A convolutional network on points. Argument: <c>dataset</c>.</summary>
    CnnNeedsImages,

    /// <summary>Augmentation of points. Argument: <c>dataset</c>.</summary>
    AugmentationNeedsImages,

    /// <summary>Features of samples that are no points in the plane. Argument: <c>dataset</c>.</summary>
    FeaturesNeedPoints,

    /// <summary>Features of which none is chosen.</summary>
    NoFeatures,

    /// <summary>A setting of another kind of model. Arguments: <c>member</c>, <c>kind</c> and <c>neededKind</c> (of models).</summary>
    UnusedMember,

    /// <summary>Dense layers of a kind of model that has its own. Arguments: <c>kind</c> (of the model), <c>count</c>.</summary>
    UnusedDense,

    /// <summary>The network is too large. Arguments: <c>parameters</c>, <c>maximum</c>, <c>layer</c> (the largest), <c>layerParameters</c>.</summary>
    TooManyParameters,

    /// <summary>Training needs much memory. Arguments: <c>memoryBytes</c>, <c>suggested</c> (batch size).</summary>
    MuchMemory,

    /// <summary>
    /// Training needs more memory than there is. Arguments: <c>memoryBytes</c>, <c>maximumBytes</c>, <c>suggested</c> (batch size; null when none fits).
    /// </summary>
    TooMuchMemory,

    /// <summary>
    /// Training cannot end within its time limit on any device. Arguments: <c>operations</c> (floating-point), <c>leastSeconds</c>, <c>limitSeconds</c>,
    /// <c>suggested</c> (epochs; null when one is too long).
    /// </summary>
    TooLong,

    /// <summary>
    /// Training probably exceeds its time limit, by the speed of similar runs. Arguments: <c>expectedSeconds</c>, <c>limitSeconds</c>, <c>suggested</c> (limit).
    /// </summary>
    LongerThanLimit,

    /// <summary>A share to hold out beside a number of samples to hold out. Arguments: <c>fraction</c>, <c>count</c>.</summary>
    ValidationFractionIgnored,

    /// <summary>So many labels are wrong that they tell nothing. Arguments: <c>noise</c>, <c>classes</c>, <c>limit</c>, <c>suggested</c>.</summary>
    LabelNoiseAtChance,

    /// <summary>The split leaves too few samples. Arguments: <c>train</c>, <c>validation</c>, <c>classes</c>.</summary>
    SplitTooSmall,

    /// <summary>Every update uses all training samples. Argument: <c>trainSamples</c>.</summary>
    FullBatch,

    /// <summary>He initialization with a bounded activation. Argument: <c>activation</c>.</summary>
    HeWithBoundedActivation,

    /// <summary>AdamW with a weight decay that is not decoupled. Argument: <c>weightDecay</c>.</summary>
    AdamwWithCoupledDecay,

    /// <summary>An L2 penalty with an optimizer that scales the gradient. Argument: <c>optimizer</c>.</summary>
    L2WithAdaptiveOptimizer,

    /// <summary>A setting that no layer of the network uses. Arguments: <c>member</c>, <c>kind</c> (of the model).</summary>
    NoEffect,

    /// <summary>Batch norm has one value per channel in every batch, which has no variance. Argument: <c>layers</c> (names in the layer table).</summary>
    BatchNormOfOneValue,

    /// <summary>Training ends before the warmup. Arguments: <c>warmup</c> and <c>epochs</c> (epochs), <c>suggested</c>.</summary>
    WarmupTooLong,

    /// <summary>
    /// The schedule makes the learning rate negligible before half of training is over. Arguments: <c>schedule</c>, <c>epoch</c> from which, <c>epochs</c>,
    /// <c>factor</c> (in the middle).
    /// </summary>
    LearningRateVanishes,

    /// <summary>
    /// Training ends before a reduction of the learning rate. Arguments: <c>member</c> (<c>milestones</c> or <c>every</c>), <c>beyond</c> (epochs of the
    /// reductions, without the warmup), <c>warmup</c>, <c>epochs</c>, <c>suggested</c>.
    /// </summary>
    ReductionAfterEnd,

    /// <summary>
    /// Training ends before the patience. Arguments: <c>of</c> (<c>early_stopping</c> or <c>plateau</c>), <c>patience</c>, <c>epochs</c>, <c>suggested</c> (null
    /// when training is too short for any).
    /// </summary>
    PatienceTooLong,

    /// <summary>
    /// Weight decay alone makes the weights grow in each update. Arguments: <c>strength</c>, <c>factor</c> (on each weight per update), <c>learningRate</c>,
    /// <c>limit</c> (strength), <c>suggested</c>.
    /// </summary>
    DecayDiverges,

    /// <summary>
    /// Weight decay alone removes the weights. Arguments: <c>strength</c>; per update the <c>share</c> of a weight, or the <c>amount</c> for an L1 penalty (the
    /// other is null); <c>updates</c> after which less than a hundredth is left (null for L1), <c>suggested</c>.
    /// </summary>
    DecayErasesWeights,

    /// <summary>No connected worker trains on the device, so the run would wait. Argument: <c>device</c>.</summary>
    NoWorkerForDevice,

    /// <summary>A layer for images has a vector as input. Arguments: <c>layer</c> (its name in the layer table, here and below), <c>kind</c>, <c>input</c> (shape).</summary>
    LayerNeedsImages,

    /// <summary>A dense layer has an image as input. Arguments: <c>layer</c>, <c>input</c> (shape).</summary>
    DenseNeedsVector,

    /// <summary>
    /// A kernel is larger than its padded input. Arguments: <c>layer</c>, and in pixels <c>kernel</c>, <c>reach</c>, <c>maximum</c>, <c>height</c>, <c>width</c>,
    /// <c>padding</c>.
    /// </summary>
    FilterTooLarge,

    /// <summary>The pooling window is larger than the feature map. Arguments: <c>layer</c>, <c>pool</c>, <c>size</c>, <c>height</c>, <c>width</c>.</summary>
    NothingToPool,

    /// <summary>The number of channels is not a multiple of the maxout group. Arguments: <c>layer</c>, <c>channels</c>, <c>pieces</c>.</summary>
    IncompleteMaxoutGroup,

    /// <summary>The shapes of a residual layer's input and output differ. Arguments: <c>layer</c>, <c>input</c>, <c>output</c> (shapes).</summary>
    ResidualChangesShape,

    /// <summary>The output of a layer is too large. Arguments: <c>layer</c>, <c>output</c> (shape), <c>maximum</c> (values).</summary>
    OutputTooLarge,

    /// <summary>A change has a path that the spec does not have.</summary>
    UnknownPath,

    /// <summary>
    /// The weights of the parent do not fit. Arguments: <c>layer</c> and <c>expected</c>, each null or with <c>name</c>, <c>kind</c>, <c>input</c>, <c>output</c>
    /// and <c>parameters</c>.
    /// </summary>
    WeightsDoNotFit,

    /// <summary>A search space: the text is no JSON pointer of a setting.</summary>
    NotAPointer,

    /// <summary>A search space: a name, pointer or value is given twice. Arguments: <c>member</c>, <c>value</c>.</summary>
    RepeatedValue,

    /// <summary>A search space: the lower bound is not below the upper. Arguments: <c>low</c>, <c>high</c>.</summary>
    EmptyRange,

    /// <summary>A search space: a logarithmic range reaches zero or less. Argument: <c>low</c>.</summary>
    LogOfNonPositive,

    /// <summary>A search space: a logarithmic range has a step.</summary>
    LogWithStep,

    /// <summary>A search space: a setting of another kind of parameter. Arguments: <c>member</c>, <c>kind</c> (of the parameter).</summary>
    UnusedByParameter,

    /// <summary>
    /// A search space: a condition on a parameter that is not listed before. Arguments: <c>name</c>, <c>known</c> (parameters listed before), <c>suggested</c>
    /// (the nearest; may be null).
    /// </summary>
    UnknownParameter,

    /// <summary>A search space: a condition on a value that the parameter never has. Argument: <c>name</c> (of the parameter).</summary>
    ConditionNeverMet,

    /// <summary>A search space: a range without points for a grid. Argument: <c>name</c> (of the parameter).</summary>
    GridNeedsPoints,

    /// <summary>A study: the base spec evaluates the test set, which is kept for the trial that is chosen.</summary>
    TestDuringSelection,

    /// <summary>A study: a setting that studies set themselves. Argument: <c>pointer</c>.</summary>
    NotVaried,

    /// <summary>A study: a setting that the chosen method or rule does not use. Arguments: <c>member</c>, <c>name</c> (of the method or rule).</summary>
    UnusedByMethod,

    /// <summary>
    /// A study: training ends before the first decision of early stopping. Arguments: <c>first</c> (epoch of the first decision), <c>epochs</c>, <c>suggested</c>
    /// (epochs before the first decision; null when training is too short for any).
    /// </summary>
    StoppingAfterEnd,

    /// <summary>A study: there are too few trials for a promotion, so that none is trained to the end. Arguments: <c>trials</c>, <c>factor</c>.</summary>
    NothingPromoted,

    /// <summary>A study: no trial follows the completed ones that median stopping needs. Arguments: <c>minimum</c>, <c>trials</c>.</summary>
    StoppingNeedsTrials,

    /// <summary>A study: all trials are random, before the first model. Arguments: <c>startup</c>, <c>trials</c>.</summary>
    OnlyStartupTrials,

    /// <summary>A study: fewer trials than may be in training at a time. Arguments: <c>parallelism</c>, <c>trials</c>.</summary>
    ParallelismUnused,

    /// <summary>A study: its budget is probably used up before the first trial ends. Arguments: <c>budget</c>, <c>expected</c>, <c>unit</c> (<c>seconds</c> or <c>flops</c>).</summary>
    BudgetTooSmall,

    /// <summary>
    /// A lab: the expression cannot be read. Arguments: <c>problem</c>, <c>position</c> (from 0, in characters), <c>found</c> (empty at the end), <c>names</c> (of
    /// functions, where one is expected), <c>suggested</c> (the nearest of them; may be null), <c>number</c> (of arguments, nodes or levels that is allowed).
    /// </summary>
    InvalidExpression,

    /// <summary>A lab: the expression has a variable without a value. Arguments: <c>name</c>, <c>known</c> (variables), <c>suggested</c> (the nearest; may be null).</summary>
    UnknownVariable,

    /// <summary>A lab: a part of the expression has no finite value or gradient there. Argument: <c>expression</c>.</summary>
    NotFinite,

    /// <summary>
    /// A lab: rows of numbers that do not fit. Arguments: <c>rows</c> and <c>columns</c> (null: as many as wanted up to <c>maximum</c>, of each of <c>channels</c>).
    /// </summary>
    WrongGrid,
}
