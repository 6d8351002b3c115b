using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

// A uniformly random matrix [outputs, n_in] with orthonormal rows, or orthonormal columns where there are more outputs than inputs, times a gain (Saxe,
// McClelland, Ganguli, 2014; torch.nn.init.orthogonal_). It is Q of the QR decomposition of a normal matrix, each column with the sign of R's diagonal, without
// which it would not be uniform (Mezzadri, 2007). Decomposed in double precision on the processor: what a different number of threads changes is far below the
// float32 that is kept.
internal sealed class OrthogonalInitializer(Func<int, int, double> gain) : IInitializer
{
    public OrthogonalInitializer(double gain)
        : this((_, _) => gain)
    {
    }

    /// <summary>Scaled to He's variance 2 / n_in (Mishkin, Matas, 2016); an orthonormal matrix has mean square 1 / max(outputs, n_in).</summary>
    public static OrthogonalInitializer ScaledAsHe() => new((outputs, fanIn) => Math.Sqrt(2.0 * Math.Max(outputs, fanIn) / fanIn));

    public void Fill(Span<float> weights, Fan fan, RandomStream random)
    {
        using var scope = NewDisposeScope();
        var outputs = weights.Length / fan.In;
        var (tall, narrow) = (Math.Max(outputs, fan.In), Math.Min(outputs, fan.In));
        var normal = new double[tall * narrow];
        foreach (ref var value in normal.AsSpan())
        {
            value = random.NextNormal();
        }

        var (q, r) = linalg.qr(tensor(normal, [tall, narrow]));  // [tall, narrow], [narrow, narrow]
        var matrix = q.mul(r.diag().sign()).mul(gain(outputs, fan.In));
        matrix = outputs < fan.In ? matrix.t() : matrix;
        var rounded = matrix.to_type(ScalarType.Float32).contiguous();
        rounded.data<float>().CopyTo(weights);
    }
}
