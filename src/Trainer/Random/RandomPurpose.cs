namespace Trainyard.Trainer.Random;

/// <summary>What random numbers are drawn for. Numbers are part of the derivation and must never change.</summary>
internal enum RandomPurpose
{
    /// <summary>Which training samples are held out for validation, and which are left out by a limit.</summary>
    Split = 1,

    /// <summary>First weights; the index is the layer's position in the model.</summary>
    Weights = 2,

    /// <summary>Order of the training samples; the index is the epoch, from 0.</summary>
    Order = 3,

    /// <summary>Values that dropout keeps; the index is the update, from 0.</summary>
    Dropout = 4,

    /// <summary>Generated training samples; the index is the sample.</summary>
    TrainSamples = 5,

    /// <summary>Generated test samples; the index is the sample.</summary>
    TestSamples = 6,

    /// <summary>The table of normal values that noise on generated images is taken from.</summary>
    NoiseTable = 7,

    /// <summary>Which training labels are replaced, and by what.</summary>
    LabelNoise = 8,

    /// <summary>Changes of training images; the index is the update, from 0.</summary>
    Augmentation = 9,

    /// <summary>The training samples that LSUV measures.</summary>
    Scaling = 10,

    /// <summary>Centers of the clouds of a Gaussian mixture.</summary>
    CloudCenters = 11,

    /// <summary>Inputs and weights of a lab.</summary>
    Lab = 12,
}
