namespace Trainyard.Trainer.Layers;

internal static class Prediction
{
    // samples: [n, C, H, W] or [n, F]. flip: Whether the logits are the mean of the image's and of its mirror image's (test-time augmentation; Krizhevsky,
    // Sutskever, Hinton, 2012, section 4.1, who average the probabilities of ten patches). For images only. Returns [n, classes] float32.
    public static Tensor Scores(Network network, Tensor samples, bool flip)
    {
        var scores = Forward(samples);
        return flip ? scores.add(Forward(samples.flip(3))).div(2) : scores;

        Tensor Forward(Tensor input) => network.call(input).to_type(ScalarType.Float32);
    }
}
