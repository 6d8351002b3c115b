using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

internal interface IInitializer
{
    // Fills the weights of one layer. random: Where to draw from; the layer's own stream.
    void Fill(Span<float> weights, Fan fan, RandomStream random);
}
