namespace Trainyard.Trainer.Optimizers;

// m <- r m + g; w <- w - a sqrt(max(1, rows / columns)) orthogonal(g + r m) for weight matrices and for filter banks, which are taken as
// matrices of [filters, channels * kernel^2] (Jordan et al., 2024). Vectors and the output layer take Adam's step, whose rate follows the schedule in
// proportion.
internal sealed class Muon : Optimizer
{
    // Adam's defaults.
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    // The quintic's coefficients.
    private const double A = 3.4445;
    private const double B = -4.7750;
    private const double C = 2.0315;

    private readonly double momentum;
    private readonly int iterations;
    private readonly double adamShare;

    // adamShare: Adam's learning rate as a multiple of this rule's. output: Position of the output layer's weights in parameters; null: there are none.
    public Muon(IReadOnlyList<Tensor> parameters, double momentum, int iterations, double adamShare, int? output)
        : base(parameters, index => parameters[index].dim() >= 2 && index != output ? ["velocity"] : ["mean", "squares"])
    {
        this.momentum = momentum;
        this.iterations = iterations;
        this.adamShare = adamShare;
    }

    // About the nearest matrix with orthonormal rows or columns: iterations of the quintic a x + b (x x^T) x + c (x x^T)^2 x on x / |x|, which bring every
    // singular value near 1 (to about 0.7 to 1.2 with five) without computing it.
    internal static Tensor Orthogonalize(Tensor matrix, int iterations)
    {
        var isTall = matrix.shape[0] > matrix.shape[1];
        var x = matrix.div(matrix.norm().add_(1e-7));
        x = isTall ? x.t() : x;
        // An iteration costs 4 rows^2 columns + 2 rows^3 operations; in the factor 8 rows^3, and 4 rows^2 columns are needed once. The factor multiplies the rounding
        // errors of x x^T by a^2 an iteration: after more than five they could outgrow the small singular values.
        x = iterations <= 5 && x.shape[1] >= 2 * x.shape[0] ? Factor(x.mm(x.t()), iterations).mm(x) : Iterate(x, iterations);
        return isTall ? x.t() : x;
    }

    private static Tensor Iterate(Tensor x, int iterations)
    {
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var square = x.mm(x.t());
            var polynomial = square.mul(B).add_(square.mm(square), C);
            x = x.mul(A).add_(polynomial.mm(x));
        }

        return x;
    }

    // The product of the factors p = a + b s + c s^2 that the iterations multiply x by, from s = x x^T alone: the next s is p s p, and all of them commute.
    private static Tensor Factor(Tensor square, int iterations)
    {
        var product = Polynomial(square);
        var last = product;
        for (var iteration = 1; iteration < iterations; iteration++)
        {
            square = last.mm(square).mm(last);
            last = Polynomial(square);
            product = last.mm(product);
        }

        return product;
    }

    private static Tensor Polynomial(Tensor square)
    {
        var polynomial = square.mul(B).add_(square.mm(square), C);
        polynomial.diagonal().add_(A);
        return polynomial;
    }

    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        if (state.Length == 2)
        {
            Adam.Step(weights, gradient, state[0], state[1], (Beta1, Beta2, Epsilon), Steps, adamShare * learningRate);
            return;
        }

        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient);
        var matrix = gradient.add(velocity, momentum).flatten(1);  // [rows, columns]
        var scale = Math.Sqrt(Math.Max(1, matrix.shape[0] / (double)matrix.shape[1]));
        weights.add_(Orthogonalize(matrix, iterations).reshape(weights.shape), -learningRate * scale);
    }
}
