using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainyard.Trainer.Kernels;

// Runs an update rule over float32 tensors on the processor in one pass over their memory, where a rule written as tensor operations makes four to ten, each with its own
// temporary and its own wait for the threads. Each value is computed by itself, so the result does not depend on the number of threads.
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct UpdateKernel
{
    // Values that one thread takes at a time; fewer are not worth a second thread.
    private const int Block = 1 << 16;

    private readonly float* weights;
    private readonly float* gradients;
    private readonly float* first;
    private readonly float* second;
    private readonly int count;

    private UpdateKernel(Tensor weights, Tensor gradients, ReadOnlySpan<Tensor> state)
    {
        count = (int)weights.numel();
        this.weights = (float*)TensorRows.Address(weights);
        this.gradients = (float*)TensorRows.Address(gradients);
        first = state.Length > 0 ? (float*)TensorRows.Address(state[0]) : null;
        second = state.Length > 1 ? (float*)TensorRows.Address(state[1]) : null;
    }

    // Whether the tensors are of a kind that it can run over. They must stay alive while it is used.
    public static bool TryCreate(Tensor weights, Tensor gradients, ReadOnlySpan<Tensor> state, out UpdateKernel kernel)
    {
        kernel = default;
        if (weights.numel() > int.MaxValue / sizeof(float) || !Fits(weights) || !Fits(gradients))
        {
            return false;
        }

        foreach (var tensor in state)
        {
            if (!Fits(tensor))
            {
                return false;
            }
        }

        kernel = new UpdateKernel(weights, gradients, state);
        return true;
    }

    /// <summary>Updates every value, where the tensors are of a kind that it can run over; false: nothing was done.</summary>
    public static bool TryRun<TRule>(Tensor weights, Tensor gradients, TRule rule, params ReadOnlySpan<Tensor> state)
        where TRule : struct, IUpdateRule =>
        TryCreate(weights, gradients, state, out var kernel) && kernel.Run(rule);

    /// <summary>Updates every value. Always true, for callers that say whether they have an update of this kind.</summary>
    public bool Run<TRule>(TRule rule)
        where TRule : struct, IUpdateRule
    {
        if (count <= Block)
        {
            Run(rule, 0, count);
            return true;
        }

        var self = this;
        BlockLoop.Run((count + Block - 1) / Block, get_num_threads(), block => self.Run(rule, block * Block, Math.Min(Block, self.count - (block * Block))));
        return true;
    }

    private static bool Fits(Tensor tensor) => tensor.dtype == ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.is_contiguous();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run<TRule>(TRule rule, int from, int length)
        where TRule : struct, IUpdateRule
    {
        float* w = weights + from, g = gradients + from, s = first + from, t = second + from;
        var index = 0;
        for (; index <= length - Vector<float>.Count; index += Vector<float>.Count)
        {
            Update(rule, w + index, g + index, s + index, t + index);
        }

        if (index < length)
        {
            RunLast(rule, length - index, w + index, g + index, s + index, t + index);
        }
    }

    // The values that do not fill a vector take the same path, filled up with zeros.
    private static void RunLast<TRule>(TRule rule, int length, float* w, float* g, float* s, float* t)
        where TRule : struct, IUpdateRule
    {
        float* lastW = stackalloc float[Vector<float>.Count], lastG = stackalloc float[Vector<float>.Count];
        float* lastS = stackalloc float[Vector<float>.Count], lastT = stackalloc float[Vector<float>.Count];
        Copy(w, lastW);
        Copy(g, lastG);
        Copy(TRule.States > 0 ? s : null, lastS);
        Copy(TRule.States > 1 ? t : null, lastT);
        Update(rule, lastW, lastG, lastS, lastT);
        Copy(lastW, w);
        Copy(lastS, TRule.States > 0 ? s : null);
        Copy(lastT, TRule.States > 1 ? t : null);

        void Copy(float* source, float* target)
        {
            if (source is not null && target is not null)
            {
                new ReadOnlySpan<float>(source, length).CopyTo(new Span<float>(target, length));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Update<TRule>(TRule rule, float* w, float* g, float* s, float* t)
        where TRule : struct, IUpdateRule
    {
        var weight = Vector.Load(w);
        var one = TRule.States > 0 ? Vector.Load(s) : default;
        var two = TRule.States > 1 ? Vector.Load(t) : default;
        rule.Update(ref weight, Vector.Load(g), ref one, ref two);
        Vector.Store(weight, w);
        if (TRule.States > 0)
        {
            Vector.Store(one, s);
        }

        if (TRule.States > 1)
        {
            Vector.Store(two, t);
        }
    }
}
