using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// A layer of a small network, over rows of float32 values that are padded to whole vectors (PaddedProduct.Padded). What is in the padding has no meaning.
internal abstract unsafe class ChainLayer(int inputs, int outputs)
{
    /// <summary>Values of a row of its input.</summary>
    public int Inputs => inputs;

    /// <summary>Values of a row of its output.</summary>
    public int Outputs => outputs;

    /// <summary>Multiplications for a row, about.</summary>
    public abstract long Multiplications { get; }

    // parameters: Addresses of its own, none for a layer without. x: [rows, inputs]. y: [rows, outputs].
    public abstract void Forward(ReadOnlySpan<nint> parameters, float* x, float* y, int rows);

    // dy: Gradient of the output. dx: That of the input, null where it is not wanted. gradients: Addresses of those of the parameters, to which is added.
    public abstract void Backward(ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients, float* x, float* dy, float* dx, int rows);
}

/// <summary>y = x W^T + b, with W [outputs, inputs] and perhaps b [outputs].</summary>
internal sealed unsafe class ChainDense(int inputs, int outputs) : ChainLayer(inputs, outputs)
{
    // The weights with padded rows, transposed or not; the bias or its gradient; valid during a call.
    private readonly Lazy<float[]> matrix = new(() => GC.AllocateArray<float>(Math.Max(PaddedProduct.Padded(inputs) * outputs, PaddedProduct.Padded(outputs) * inputs), pinned: true));
    private readonly Lazy<float[]> vector = new(() => GC.AllocateArray<float>(PaddedProduct.Padded(outputs), pinned: true));

    public override long Multiplications => (long)Inputs * Outputs;

    public override void Forward(ReadOnlySpan<nint> parameters, float* x, float* y, int rows)
    {
        int from = PaddedProduct.Padded(Inputs), to = PaddedProduct.Padded(Outputs);
        float* weights = (float*)parameters[0], transposed = Address(matrix);
        for (var output = 0; output < Outputs; output++)
        {
            for (var input = 0; input < Inputs; input++)
            {
                transposed[(input * to) + output] = weights[(output * Inputs) + input];
            }
        }

        if (parameters.Length > 1)
        {
            new ReadOnlySpan<float>((float*)parameters[1], Outputs).CopyTo(vector.Value);
        }

        PaddedProduct.Run(x, from, 1, transposed, y, parameters.Length > 1 ? Address(vector) : null, rows, Inputs, to);
    }

    public override void Backward(ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients, float* x, float* dy, float* dx, int rows)
    {
        int from = PaddedProduct.Padded(Inputs), to = PaddedProduct.Padded(Outputs);
        var padded = Address(matrix);
        if (dx is not null)
        {
            var weights = (float*)parameters[0];
            for (var output = 0; output < Outputs; output++)
            {
                new ReadOnlySpan<float>(weights + (output * Inputs), Inputs).CopyTo(new Span<float>(padded + (output * from), Inputs));
            }

            PaddedProduct.Run(dy, to, 1, padded, dx, null, rows, Outputs, from);
        }

        // dW = dy^T x, db = the sum of dy over the rows.
        PaddedProduct.Run(dy, 1, to, x, padded, null, Outputs, rows, from);
        var target = (float*)gradients[0];
        for (var output = 0; output < Outputs; output++, target += Inputs)
        {
            Add(padded + (output * from), target, Inputs);
        }

        if (gradients.Length > 1)
        {
            Sum(dy, to, rows);
            Add(Address(vector), (float*)gradients[1], Outputs);
        }
    }

    private static void Add(float* values, float* target, int count)
    {
        for (var index = 0; index < count; index++)
        {
            target[index] += values[index];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(float* dy, int width, int rows)
    {
        for (var column = 0; column < width; column += PaddedProduct.Lanes)
        {
            var sum = Vector512<float>.Zero;
            for (var row = 0; row < rows; row++)
            {
                sum += Vector512.Load(dy + ((nint)row * width) + column);
            }

            sum.Store(Address(vector) + column);
        }
    }

    private static float* Address(Lazy<float[]> pinned) => (float*)Unsafe.AsPointer(ref pinned.Value[0]);
}

/// <summary>y = f(x) of each value.</summary>
internal sealed unsafe class ChainActivation<TActivation>(int values, TActivation activation) : ChainLayer(values, values)
    where TActivation : struct, IActivation
{
    // As much as an exponential.
    public override long Multiplications => 8L * Inputs;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(ReadOnlySpan<nint> parameters, float* x, float* y, int rows)
    {
        var f = activation;
        for (nint index = 0, count = (nint)rows * PaddedProduct.Padded(Inputs); index < count; index += PaddedProduct.Lanes)
        {
            f.Value(Vector512.Load(x + index)).Store(y + index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(ReadOnlySpan<nint> parameters, ReadOnlySpan<nint> gradients, float* x, float* dy, float* dx, int rows)
    {
        var f = activation;
        for (nint index = 0, count = dx is null ? 0 : (nint)rows * PaddedProduct.Padded(Inputs); index < count; index += PaddedProduct.Lanes)
        {
            f.Backward(Vector512.Load(x + index), Vector512.Load(dy + index)).Store(dx + index);
        }
    }
}
