using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>max(x, 0).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? Aten.ReluInPlace.Call(x) : Aten.Relu.Call(x);

            /// <summary>min(max(x, 0), 6).</summary>
            public static Tensor relu6(Tensor x, bool inplace = false) => inplace ? Aten.Relu6InPlace.Call(x) : Aten.Relu6.Call(x);

            /// <summary>x where positive, negative_slope * x elsewhere.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? Aten.LeakyReluInPlace.Call(input, negative_slope) : Aten.LeakyRelu.Call(input, negative_slope);

            /// <summary>x where positive, alpha * (exp(x) - 1) elsewhere.</summary>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? Aten.EluInPlace.Call(x, alpha) : Aten.Elu.Call(x, alpha);

            /// <summary>x where positive, alpha * (exp(x / alpha) - 1) elsewhere.</summary>
            public static Tensor celu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? Aten.CeluInPlace.Call(x, alpha) : Aten.Celu.Call(x, alpha);

            /// <summary>The self-normalizing exponential unit.</summary>
            public static Tensor selu(Tensor x, bool inplace = false) => inplace ? Aten.SeluInPlace.Call(x) : Aten.Selu.Call(x);

            /// <summary>x * sigmoid(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? Aten.SiluInPlace.Call(x) : Aten.Silu.Call(x);

            /// <summary>x * tanh(log(1 + exp(x))).</summary>
            public static Tensor mish(Tensor x, bool inplace = false) => inplace ? Aten.MishInPlace.Call(x) : Aten.Mish.Call(x);

            /// <summary>x * min(max(x + 3, 0), 6) / 6.</summary>
            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                inplace ? Aten.HardswishInPlace.Call(input) : Aten.Hardswish.Call(input);

            /// <summary>x * P(X &lt;= x) for a standard normal X, exact.</summary>
            public static Tensor gelu(Tensor x) => Aten.Gelu.Call(x);

            /// <inheritdoc cref="gelu(Tensor)"/>
            public static Tensor gelu(Tensor x, bool inplace) => inplace ? Aten.GeluInPlace.Call(x) : Aten.Gelu.Call(x);

            /// <summary>1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x) => x.sigmoid();

            /// <inheritdoc cref="sigmoid(Tensor)"/>
            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? Aten.SigmoidInPlace.Call(x) : x.sigmoid();

            /// <summary>Hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? Aten.TanhInPlace.Call(x) : x.tanh();

            /// <summary>x where positive, weight * x elsewhere: one weight, or one per channel.</summary>
            public static Tensor prelu(Tensor input, Tensor weight) => Aten.Prelu.Call(input, weight);

            /// <summary>log(1 + exp(beta * x)) / beta; x itself where beta * x is above the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => Aten.Softplus.Call(x, beta, threshold);

            /// <summary>exp(x) over its sum along a dimension.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>The logarithm of the softmax along a dimension, without overflow.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);
        }
    }
}
