using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// Dense layers and activations of a small network one after the other, as one operation: for torch, each product, each sum and each activation is an operation forward and some
// backward, and an operation on a few hundred values costs more than its arithmetic. Computes in float32. A layer computes the same alone and among others, by whatever number of
// threads. A chain is for one pass at a time.
internal sealed unsafe class DenseChain
{
    // Rows that one thread takes at a time.
    private const int RowBlock = 16;

    // Multiplications of a pass below which a second thread has nothing to do when it is awake.
    private const long SmallestShared = 1 << 20;

    // What torch's products are faster with (bench/kernels/README.md): more multiplications of a layer; more weights, which are rearranged for each pass; and as few rows as
    // weights are not worth that for.
    private const long MostWork = 1 << 24;
    private const long MostWeights = 1 << 18;
    private const int WeightsPerRow = 1 << 13;

    // Rows whose gradients are still summed up exactly enough in one chain of float32.
    private const long MostRows = 4096;

    private readonly ChainLayer[] layers;
    private readonly (int Layer, int Block)[] blocks;

    // Where the input of each layer begins in a row of all values, and at last where the output does; and what that row has.
    private readonly int[] starts;
    private readonly int width;
    private readonly long multiplications;

    // layers: At least one; each takes the output of the one before.
    public DenseChain(IEnumerable<ChainLayer> layers)
    {
        this.layers = [.. layers];
        blocks = [.. this.layers.SelectMany((layer, index) => Enumerable.Range(0, layer.Blocks).Select(block => (index, block)))];
        starts = new int[this.layers.Length + 1];
        for (var index = 0; index < this.layers.Length; index++)
        {
            starts[index + 1] = starts[index] + PaddedProduct.Padded(this.layers[index].Inputs);
        }

        width = starts[^1] + PaddedProduct.Padded(Outputs);
        multiplications = this.layers.Sum(layer => layer.Multiplications);
    }

    /// <summary>Values of a row of the input.</summary>
    public int Inputs => layers[0].Inputs;

    /// <summary>Values of a row of the output.</summary>
    public int Outputs => layers[^1].Outputs;

    /// <summary>Whether format and device of an input suit.</summary>
    public static bool Takes(Tensor input) => input.dtype == ScalarType.Float32 && input.device_type == DeviceType.CPU && input.dim() == 2;

    /// <summary>Whether a layer is faster than torch's operations for a number of rows.</summary>
    public static bool Pays(ChainLayer layer, long rows) => Vector256.IsHardwareAccelerated && rows is > 0 and <= MostRows
        && layer.Multiplications <= Math.Min(MostWeights, rows * WeightsPerRow) && rows * layer.Multiplications <= MostWork;

    /// <summary>The output, [rows, outputs of the last layer], differentiable.</summary>
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

    // Values: Of the input and of the output of every layer, layer by layer, as the backward pass needs them.
    internal (Tensor Output, Tensor Values) Compute(Tensor input, Tensor[][] parameters)
    {
        var rows = (int)input.shape[0];
        using var copy = input.is_contiguous() ? null : input.detach().contiguous();
        var values = empty((long)rows * width);
        var output = empty(rows, Outputs);
        var addresses = AddressesOf(parameters);
        var (from, memory, to) = (TensorRows.Address(copy ?? input), TensorRows.Address(values), TensorRows.Address(output));
        var threads = Threads(rows);
        BlockLoop.Run(blocks.Length, threads, block =>
        {
            var (index, part) = blocks[block];
            layers[index].PrepareForward(part, addresses[index]);
        });
        BlockLoop.Run((rows + RowBlock - 1) / RowBlock, threads, block =>
        {
            var first = block * RowBlock;
            var count = Math.Min(RowBlock, rows - first);
            Copy((float*)from + ((nint)first * Inputs), Inputs, At(memory, rows, 0, first), PaddedProduct.Padded(Inputs), Inputs, count);
            for (var index = 0; index < layers.Length; index++)
            {
                layers[index].Forward(At(memory, rows, index, first), At(memory, rows, index + 1, first), count);
            }

            Copy(At(memory, rows, layers.Length, first), PaddedProduct.Padded(Outputs), (float*)to + ((nint)first * Outputs), Outputs, Outputs, count);
        });
        return (output, values);
    }

    // Adds to the gradients of the parameters, which must not have changed since the forward pass. gradient: Of the output. ofInput: Gets the gradient of the input,
    // [rows, inputs]; null: it is not wanted.
    internal void Backward(Tensor values, Tensor[][] parameters, Tensor[][] gradients, Tensor gradient, Tensor? ofInput)
    {
        var rows = (int)gradient.shape[0];
        using var copy = gradient.is_contiguous() ? null : gradient.contiguous();
        using var ofValues = empty((long)rows * width);
        var (addresses, targets) = (AddressesOf(parameters), AddressesOf(gradients));
        var (from, x, dx, to) = (TensorRows.Address(copy ?? gradient), TensorRows.Address(values), TensorRows.Address(ofValues), ofInput is null ? 0 : TensorRows.Address(ofInput));
        var threads = Threads(rows);
        var last = to == 0 ? 1 : 0;
        BlockLoop.Run(blocks.Length, threads, block =>
        {
            if (blocks[block] is var (index, part) && index >= last)
            {
                layers[index].PrepareBackward(part, addresses[index]);
            }
        });
        BlockLoop.Run((rows + RowBlock - 1) / RowBlock, threads, block =>
        {
            var first = block * RowBlock;
            var count = Math.Min(RowBlock, rows - first);
            Copy((float*)from + ((nint)first * Outputs), Outputs, At(dx, rows, layers.Length, first), PaddedProduct.Padded(Outputs), Outputs, count);
            for (var index = layers.Length - 1; index >= last; index--)
            {
                layers[index].InputGradient(At(x, rows, index, first), At(dx, rows, index + 1, first), At(dx, rows, index, first), count);
            }

            if (to != 0)
            {
                Copy(At(dx, rows, 0, first), PaddedProduct.Padded(Inputs), (float*)to + ((nint)first * Inputs), Inputs, Inputs, count);
            }
        });
        BlockLoop.Run(blocks.Length, threads, block =>
        {
            var (index, part) = blocks[block];
            layers[index].ParameterGradients(part, At(x, rows, index, 0), At(dx, rows, index + 1, 0), rows, targets[index]);
        });
    }

    private int Threads(int rows) => rows * multiplications < SmallestShared ? 1 : get_num_threads();

    // A row of the input of a layer, or, of the number of layers, of the output.
    private float* At(nint values, int rows, int layer, int row) => (float*)values + ((nint)rows * starts[layer]) + ((nint)row * ((layer < layers.Length ? starts[layer + 1] : width) - starts[layer]));

    private static nint[][] AddressesOf(Tensor[][] tensors) => Array.ConvertAll(tensors, own => Array.ConvertAll(own, TensorRows.Address));

    private static void Copy(float* source, int sourceWidth, float* target, int targetWidth, int values, int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(source + ((nint)row * sourceWidth), values).CopyTo(new Span<float>(target + ((nint)row * targetWidth), values));
        }
    }
}
