using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Each channel of [N, C, *] brought to mean 0 and variance 1, then scaled and shifted: by the batch's statistics when training
            /// (the running ones move by <paramref name="momentum"/>), by the running ones otherwise.</summary>
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5) =>
                Aten.BatchNorm.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            /// <summary>Each sample brought to mean 0 and variance 1 over the last dimensions, then scaled and shifted.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                Aten.LayerNorm.Call(input, normalized_shape, weight, bias, eps);

            /// <summary>When training, each element is 0 with probability p, otherwise divided by 1 - p.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Aten.DropoutInPlace.Call(input, p, training) : Aten.Dropout.Call(input, p, training);

            /// <summary>When training, each channel of [N, C, *] is 0 with probability p, otherwise divided by 1 - p.</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Aten.FeatureDropoutInPlace.Call(input, p, training) : Aten.FeatureDropout.Call(input, p, training);
        }
    }
}
