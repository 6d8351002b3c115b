using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// A layer of a small network, over rows of float32 values that are padded to whole vectors (PaddedProduct.Padded). What is in the padding has no meaning. Rows are independent
// of each other, and so are blocks of Lanes outputs in what concerns the parameters: threads share them.
internal abstract unsafe class ChainLayer(int inputs, int outputs)
{
    /// <summary>Values of a row of its input.</summary>
    public int Inputs => inputs;

    /// <summary>Values of a row of its output.</summary>
    public int Outputs => outputs;

    /// <summary>Multiplications for a row, about.</summary>
    public abstract long Multiplications { get; }

    /// <summary>Blocks of outputs that have parameters.</summary>
    public abstract int Blocks { get; }

    // For each block before forward passes with these parameters: addresses of its own.
    public abstract void PrepareForward(int block, nint[] parameters);

    // For each block before each pass of input gradients.
    public abstract void PrepareBackward(int block, nint[] parameters);

    // x: [rows, inputs]. y: [rows, outputs].
    public abstract void Forward(float* x, float* y, int rows);

    // dx, dy: Gradients of input and output.
    public abstract void InputGradient(float* x, float* dy, float* dx, int rows);

    // For each block, when there is no input gradient left to compute. gradients: Addresses of those of the parameters, to which is added.
    public abstract void ParameterGradients(int block, float* x, float* dy, int rows, nint[] gradients);
}

/// <summary>y = x W^T + b, with W [outputs, inputs] and perhaps b [outputs].</summary>
internal sealed unsafe class ChainDense : ChainLayer
{
    private const int Lanes = PaddedProduct.Lanes;

    private readonly int from;
    private readonly int to;

    // In panels: W^T for the forward pass, W for the backward pass; and the bias, zeros for a layer without.
    private readonly Lazy<float[]> transposed;
    private readonly Lazy<float[]> weights;
    private readonly Lazy<float[]> bias;

    public ChainDense(int inputs, int outputs)
        : base(inputs, outputs)
    {
        (from, to) = (PaddedProduct.Padded(inputs), PaddedProduct.Padded(outputs));
        transposed = Pinned(to * inputs);
        weights = Pinned(from * outputs);
        bias = Pinned(to);
    }

    public override long Multiplications => (long)Inputs * Outputs;

    public override int Blocks => to / Lanes;

    public override void PrepareForward(int block, nint[] parameters)
    {
        var first = block * Lanes;
        var count = Math.Min(Lanes, Outputs - first);
        Transpose((float*)parameters[0] + ((nint)first * Inputs), Address(transposed) + ((nint)first * Inputs), count);
        if (parameters.Length > 1)
        {
            new ReadOnlySpan<float>((float*)parameters[1] + first, count).CopyTo(bias.Value.AsSpan(first));
        }
    }

    public override void PrepareBackward(int block, nint[] parameters)
    {
        var first = block * Lanes;
        var count = Math.Min(Lanes, Outputs - first);
        var rows = (float*)parameters[0] + ((nint)first * Inputs);
        for (var row = 0; row < count; row++)
        {
            var source = new ReadOnlySpan<float>(rows + ((nint)row * Inputs), Inputs);
            var target = Address(weights) + ((nint)(first + row) * Lanes);
            for (; source.Length >= Lanes; source = source[Lanes..], target += (nint)Outputs * Lanes)
            {
                Vector512.Create(source).Store(target);
            }

            source.CopyTo(new Span<float>(target, Lanes));
        }
    }

    public override void Forward(float* x, float* y, int rows) =>
        PaddedProduct.Run(new Scalars(x, from, 1), Panels.Packed(Address(transposed), Inputs), y, Address(bias), 0, rows, Inputs, to);

    public override void InputGradient(float* x, float* dy, float* dx, int rows) =>
        PaddedProduct.Run(new Scalars(dy, to, 1), Panels.Packed(Address(weights), Outputs), dx, null, 0, rows, Outputs, from);

    // dW = dy^T x, db = the sum of dy over the rows.
    public override void ParameterGradients(int block, float* x, float* dy, int rows, nint[] gradients)
    {
        var first = block * Lanes;
        var count = Math.Min(Lanes, Outputs - first);
        var ofWeights = (float*)gradients[0] + ((nint)first * Inputs);
        var (left, right) = (new Scalars(dy + first, 1, to), Panels.OfRows(x, from));
        if (Inputs == from)
        {
            PaddedProduct.Run(left, right, ofWeights, ofWeights, from, count, rows, from);
        }
        else
        {
            // The weights in panels are not needed any more.
            var padded = Address(weights) + ((nint)first * from);
            PaddedProduct.Run(left, right, padded, null, 0, count, rows, from);
            for (var row = 0; row < count; row++)
            {
                Add(padded + ((nint)row * from), ofWeights + ((nint)row * Inputs), Inputs);
            }
        }

        if (gradients.Length > 1)
        {
            var sum = Vector512<float>.Zero;
            for (var row = 0; row < rows; row++)
            {
                sum += Vector512.Load(dy + ((nint)row * to) + first);
            }

            var sums = stackalloc float[Lanes];
            sum.Store(sums);
            Add(sums, (float*)gradients[1] + first, count);
        }
    }

    // Rows of weights become a panel: the weights of each input side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transpose(float* rows, float* panel, int count)
    {
        nint inputs = Inputs;
        var row = 0;
        for (; row <= count - 4; row += 4)
        {
            var source = rows + (row * inputs);
            for (nint input = 0; input < inputs; input++)
            {
                Vector128.Create(source[input], source[inputs + input], source[(2 * inputs) + input], source[(3 * inputs) + input]).Store(panel + (input * Lanes) + row);
            }
        }

        for (; row < count; row++)
        {
            for (nint input = 0; input < inputs; input++)
            {
                panel[(input * Lanes) + row] = rows[(row * inputs) + input];
            }
        }
    }

    private static void Add(float* values, float* target, int count)
    {
        for (var index = 0; index < count; index++)
        {
            target[index] += values[index];
        }
    }

    private static Lazy<float[]> Pinned(int length) => new(() => GC.AllocateArray<float>(length, pinned: true));

    private static float* Address(Lazy<float[]> pinned) => (float*)Unsafe.AsPointer(ref pinned.Value[0]);
}

/// <summary>y = f(x) of each value.</summary>
internal sealed unsafe class ChainActivation<TActivation>(int values, TActivation activation) : ChainLayer(values, values)
    where TActivation : struct, IActivation
{
    // As much as an exponential.
    public override long Multiplications => 8L * Inputs;

    public override int Blocks => 0;

    public override void PrepareForward(int block, nint[] parameters)
    {
    }

    public override void PrepareBackward(int block, nint[] parameters)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(float* x, float* y, int rows)
    {
        var f = activation;
        for (nint index = 0, count = (nint)rows * PaddedProduct.Padded(Inputs); index < count; index += PaddedProduct.Lanes)
        {
            f.Value(Vector512.Load(x + index)).Store(y + index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void InputGradient(float* x, float* dy, float* dx, int rows)
    {
        var f = activation;
        for (nint index = 0, count = (nint)rows * PaddedProduct.Padded(Inputs); index < count; index += PaddedProduct.Lanes)
        {
            f.Backward(Vector512.Load(x + index), Vector512.Load(dy + index)).Store(dx + index);
        }
    }

    public override void ParameterGradients(int block, float* x, float* dy, int rows, nint[] gradients)
    {
    }
}
