namespace Trainyard.Trainer.Layers;

// Products: Format of the factors of convolutions and matrix products; activations between layers have it too.
internal sealed record NumberFormats(ScalarType Weights, ScalarType Products)
{
    public static NumberFormats Float32 { get; } = new(ScalarType.Float32, ScalarType.Float32);

    /// <summary>bfloat16 products with float32 master weights; gradients flow through the cast back into float32.</summary>
    public static NumberFormats Bfloat16 { get; } = new(ScalarType.Float32, ScalarType.BFloat16);

    /// <summary>float64 throughout, for checking gradients.</summary>
    public static NumberFormats Float64 { get; } = new(ScalarType.Float64, ScalarType.Float64);

    /// <summary>A factor of a product in its format; the tensor itself when it already has it.</summary>
    public Tensor ForProducts(Tensor factor) => factor.dtype == Products ? factor : factor.to_type(Products);
}
