using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

/// <summary>Draws the first weights of a layer.</summary>
internal interface IInitializer
{
    /// <summary>Fills the weights of one layer.</summary>
    /// <param name="weights">All weights of the layer, in the order of the tensor.</param>
    /// <param name="fan">Connections of one unit of the layer.</param>
    /// <param name="random">Where to draw from; the layer's own stream.</param>
    void Fill(Span<float> weights, Fan fan, RandomStream random);
}
