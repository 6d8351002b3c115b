using Trainyard.Specs.Catalog;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Layers;

// The largest of each k neighboring channels or units: [N, C, ...] to [N, C / k, ...] (Goodfellow et al., 2013). Of equal maxima, each gets an equal share of
// the gradient.
internal sealed class Maxout(TechniqueChoice settings) : Module<Tensor, Tensor>(nameof(Maxout))
{
    private static readonly long[] Last = [-1];

    private readonly long pieces = settings.Integer("pieces");

    public override Tensor forward(Tensor input)
    {
        // Channels are last in memory, so groups of them are a view, and the result keeps the order.
        return input.dim() == 4 ? Largest(input.permute(0, 2, 3, 1)).permute(0, 3, 1, 2) : Largest(input);

        Tensor Largest(Tensor values) => values.unflatten(values.dim() - 1, values.shape[^1] / pieces, pieces).amax(Last);
    }
}
