namespace Trainyard.Specs.Spec;

/// <summary>Number format of convolutions and matrix products.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the processor or GPU multiplies it in hardware, else float32.</summary>
    Auto,

    /// <summary>32-bit floating point throughout.</summary>
    Float32,

    /// <summary>bfloat16 products with float32 master weights and float32 batch-norm statistics.</summary>
    Bfloat16,
}
