using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// Layers of a small network one after the other, in one node of torch's graph: there, each product, each sum and each activation is an operation forward and some backward, and
// an operation on a few hundred values costs more than its arithmetic. Computes in float32, by one thread; a layer computes the same alone and among others. A chain is
// for one thread at a time.
internal sealed unsafe class DenseChain
{
    // Multiplications of a layer above which torch's products are faster (bench/kernels/README.md).
    private const long MostWork = 1 << 20;

    // Rows whose gradients are still summed up exactly enough in one chain of float32.
    private const long MostRows = 4096;

    private readonly ChainLayer[] layers;
    private readonly int width;

    // layers: At least one; each takes the output of the one before.
    public DenseChain(IEnumerable<ChainLayer> layers)
    {
        this.layers = [.. layers];
        width = PaddedProduct.Padded(this.layers[0].Inputs) + this.layers.Sum(layer => PaddedProduct.Padded(layer.Outputs));
    }

    /// <summary>Values of a row of the input.</summary>
    public int Inputs => layers[0].Inputs;

    /// <summary>Whether format and device of an input suit.</summary>
    public static bool Takes(Tensor input) => input.dtype == ScalarType.Float32 && input.device_type == DeviceType.CPU && input.dim() == 2;

    /// <summary>Whether a layer is faster than torch's operations for a number of rows.</summary>
    public static bool Pays(ChainLayer layer, long rows) => Vector256.IsHardwareAccelerated && rows is > 0 and <= MostRows && rows * layer.Multiplications <= MostWork;

    /// <summary>The output, [rows, outputs] of the last layer, differentiable.</summary>
    // input: [rows, inputs of the first layer]. parameters: Of each layer; those of a dense layer are its weights and perhaps its bias.
    public Tensor Forward(Tensor input, Tensor[][] parameters)
    {
        if (is_grad_enabled())
        {
            return DenseChainFunction.apply([new DenseChainPass(this, parameters, input.requires_grad), input, .. parameters.SelectMany(own => own)]);
        }

        var (output, values) = Compute(input, parameters);
        values.Dispose();
        return output;
    }

    // Values: Of the input and of the output of every layer, as the backward pass needs them.
    internal (Tensor Output, Tensor Values) Compute(Tensor input, Tensor[][] parameters)
    {
        var rows = (int)input.shape[0];
        using var copy = input.is_contiguous() ? null : input.detach().contiguous();
        var values = empty((long)rows * width);
        var x = (float*)TensorRows.Address(values);
        Copy((float*)TensorRows.Address(copy ?? input), layers[0].Inputs, x, PaddedProduct.Padded(layers[0].Inputs), layers[0].Inputs, rows);
        Span<nint> addresses = stackalloc nint[2];
        foreach (var (index, layer) in layers.Index())
        {
            var y = x + ((nint)rows * PaddedProduct.Padded(layer.Inputs));
            layer.Forward(AddressesOf(parameters[index], addresses), x, y, rows);
            x = y;
        }

        var outputs = layers[^1].Outputs;
        var output = empty(rows, outputs);
        Copy(x, PaddedProduct.Padded(outputs), (float*)TensorRows.Address(output), outputs, outputs, rows);
        return (output, values);
    }

    // Adds to the gradients of the parameters. gradient: Of the output. ofInput: Gets the gradient of the input, [rows, inputs]; null: it is not wanted.
    internal void Backward(Tensor values, Tensor[][] parameters, Tensor[][] gradients, Tensor gradient, Tensor? ofInput)
    {
        var rows = (int)gradient.shape[0];
        using var copy = gradient.is_contiguous() ? null : gradient.contiguous();
        using var ofValues = empty((long)rows * width);
        nint end = (nint)rows * width;
        float* x = (float*)TensorRows.Address(values) + end, dx = (float*)TensorRows.Address(ofValues) + end;
        var (outputs, inputs) = (layers[^1].Outputs, layers[0].Inputs);
        x -= (nint)rows * PaddedProduct.Padded(outputs);
        dx -= (nint)rows * PaddedProduct.Padded(outputs);
        Copy((float*)TensorRows.Address(copy ?? gradient), outputs, dx, PaddedProduct.Padded(outputs), outputs, rows);

        Span<nint> addresses = stackalloc nint[2], targets = stackalloc nint[2];
        for (var index = layers.Length - 1; index >= 0; index--)
        {
            var dy = dx;
            x -= (nint)rows * PaddedProduct.Padded(layers[index].Inputs);
            dx -= (nint)rows * PaddedProduct.Padded(layers[index].Inputs);
            layers[index].Backward(
                AddressesOf(parameters[index], addresses), AddressesOf(gradients[index], targets), x, dy, index > 0 || ofInput is not null ? dx : null, rows);
        }

        if (ofInput is not null)
        {
            Copy(dx, PaddedProduct.Padded(inputs), (float*)TensorRows.Address(ofInput), inputs, inputs, rows);
        }
    }

    private static ReadOnlySpan<nint> AddressesOf(Tensor[] tensors, Span<nint> addresses)
    {
        for (var index = 0; index < tensors.Length; index++)
        {
            addresses[index] = TensorRows.Address(tensors[index]);
        }

        return addresses[..tensors.Length];
    }

    private static void Copy(float* source, int sourceWidth, float* target, int targetWidth, int values, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(source + ((nint)row * sourceWidth), values).CopyTo(new Span<float>(target + ((nint)row * targetWidth), values));
        }
    }
}
