namespace TorchSharp;

/// <summary>A one-element tensor as a number: any type, any device (a device synchronization on a GPU).</summary>
public static class TensorExtensionMethods
{
    /// <summary>The tensor as a trained parameter; its handle is taken over.</summary>
    public static Modules.Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    /// <summary>The only element rounded to float32.</summary>
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The only element as float64.</summary>
    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The only element as an integer, truncated towards zero.</summary>
    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The only element as an integer, truncated towards zero.</summary>
    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    /// <summary>True unless the only element is zero.</summary>
    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();
}
