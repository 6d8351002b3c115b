using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>max(x, 0).</summary>
        public Tensor relu() => Aten.Relu.Call(this);

        /// <summary>max(x, 0). In place.</summary>
        public Tensor relu_() => Aten.ReluInPlace.Mutate(this);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => Aten.Sigmoid.Call(this);

        /// <summary>1 / (1 + exp(-x)). In place.</summary>
        public Tensor sigmoid_() => Aten.SigmoidInPlace.Mutate(this);

        /// <summary>Hyperbolic tangent.</summary>
        public Tensor tanh() => Aten.Tanh.Call(this);

        /// <summary>Hyperbolic tangent. In place.</summary>
        public Tensor tanh_() => Aten.TanhInPlace.Mutate(this);

        /// <summary>x where positive, negative_slope * x elsewhere.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Aten.LeakyRelu.Call(this, negative_slope);

        /// <summary>x where positive, alpha * (exp(x) - 1) elsewhere.</summary>
        public Tensor elu(double alpha = 1) => Aten.Elu.Call(this, alpha);

        /// <summary>x * sigmoid(x).</summary>
        public Tensor silu() => Aten.Silu.Call(this);

        /// <summary>x * P(X &lt;= x) for a standard normal X, exact.</summary>
        public Tensor gelu() => Aten.Gelu.Call(this);

        /// <summary>exp(x) over its sum along a dimension.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.SoftmaxInt.Call(this, dim, dtype);

        /// <summary>The logarithm of the softmax along a dimension, without overflow.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.LogSoftmaxInt.Call(this, dim, dtype);
    }
}
