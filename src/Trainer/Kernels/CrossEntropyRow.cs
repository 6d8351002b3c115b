using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Trainyard.Trainer.Kernels;

// The scores of one sample in float32, filled up to whole vectors; then their exponentials. One object does the samples of a batch in turn.
internal sealed unsafe class CrossEntropyRow(int classes)
{
    private readonly float[] values = new float[(classes + Lanes - 1) / Lanes * Lanes];
    private double sum;

    public int Classes => classes;

    private static int Lanes => Vector512<float>.Count;

    public void Read<TElement>(TElement* scores)
        where TElement : unmanaged, IElement<TElement>
    {
        var column = 0;
        for (; column <= classes - Lanes; column += Lanes)
        {
            TElement.Load(scores + column).StoreUnsafe(ref values[column]);
        }

        if (column < classes)
        {
            var rest = stackalloc TElement[Lanes];
            new ReadOnlySpan<TElement>(scores + column, classes - column).CopyTo(new Span<TElement>(rest, Lanes));
            TElement.Load(rest).StoreUnsafe(ref values[column]);
        }
    }

    // The loss of a target that is all label and of one that is even over the classes, and the class with the highest score. Scores are taken relative to the highest, so that no
    // exponential is above 1.
    public (double Plain, double Even, int Answer) Losses(int label)
    {
        var answer = Answer();
        var highest = values[answer];
        var labelScore = values[label] - highest;
        var total = Exponentials(highest);
        var logarithm = Math.Log(sum);
        return (logarithm - labelScore, logarithm - (total / classes), answer);
    }

    // After Losses: (p - t) / n, with p = e^x / sum.
    public void WriteGradient<TElement>(TElement* gradient, int label, double smoothing, int samples)
        where TElement : unmanaged, IElement<TElement>
    {
        var scale = Vector512.Create((float)(1 / (sum * samples)));
        var even = Vector512.Create((float)(smoothing / classes / samples));
        for (var column = 0; column < values.Length; column += Lanes)
        {
            ((Vector512.LoadUnsafe(ref values[column]) * scale) - even).StoreUnsafe(ref values[column]);
        }

        values[label] -= (float)((1 - smoothing) / samples);
        Write(gradient);
    }

    private void Write<TElement>(TElement* gradient)
        where TElement : unmanaged, IElement<TElement>
    {
        var column = 0;
        for (; column <= classes - Lanes; column += Lanes)
        {
            TElement.Store(Vector512.LoadUnsafe(ref values[column]), gradient + column);
        }

        if (column < classes)
        {
            var rest = stackalloc TElement[Lanes];
            TElement.Store(Vector512.LoadUnsafe(ref values[column]), rest);
            new ReadOnlySpan<TElement>(rest, classes - column).CopyTo(new Span<TElement>(gradient + column, classes - column));
        }
    }

    // The first class with the highest score; the first whose score is not a number, where there is one.
    private int Answer()
    {
        var answer = 0;
        for (var index = 1; index < classes && !float.IsNaN(values[answer]); index++)
        {
            answer = values[index] > values[answer] || float.IsNaN(values[index]) ? index : answer;
        }

        return answer;
    }

    // Turns the scores into exponentials of their distance to the highest, and returns the sum of the distances.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Exponentials(float highest)
    {
        var (sums, distances) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (var column = 0; column < values.Length; column += Lanes)
        {
            var isClass = Vector512.LessThan(Vector512<int>.Indices + Vector512.Create(column), Vector512.Create(classes)).AsSingle();
            var distance = Vector512.LoadUnsafe(ref values[column]) - Vector512.Create(highest);
            var exponential = VectorMath.Exp(distance);
            exponential.StoreUnsafe(ref values[column]);
            sums += exponential & isClass;
            distances += distance & isClass;
        }

        sum = Vector512.Sum(sums);
        return Vector512.Sum(distances);
    }
}
