namespace Trainyard.Trainer.Layers;

/// <summary>What a network says of samples that it does not learn from.</summary>
internal static class Prediction
{
    /// <summary>The scores of each class.</summary>
    /// <param name="network">The network.</param>
    /// <param name="samples">[n, C, H, W] or [n, F].</param>
    /// <param name="flip">
    /// Whether each score is the mean of the image's and of its mirror image's (test-time augmentation; Krizhevsky, Sutskever, Hinton, 2012, section 4.1,
    /// who average the probabilities of ten patches). For images only.
    /// </param>
    /// <returns>[n, classes] float32.</returns>
    public static Tensor Scores(Network network, Tensor samples, bool flip)
    {
        var scores = Forward(samples);
        return flip ? scores.add(Forward(samples.flip(3))).div(2.ToScalar()) : scores;

        Tensor Forward(Tensor input) => network.Forward(input, Mode.Evaluate).to_type(ScalarType.Float32);
    }
}
