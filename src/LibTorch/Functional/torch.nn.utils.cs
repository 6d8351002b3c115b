using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Gradient clipping.</summary>
        public static partial class utils
        {
            /// <summary>
            /// Scales all gradients down together so that their joint norm is at most <paramref name="max_norm"/>; parameters without a
            /// gradient are passed over. Returns the norm before (a device synchronization on a GPU).
            /// </summary>
            /// <remarks>As PyTorch's function of the same name: the factor is max_norm / (norm + 1e-6), at most 1.</remarks>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var scope = NewDisposeScope();
                using var unrecorded = no_grad();
                var gradients = Gradients(tensors);
                if (gradients.Count == 0)
                {
                    return 0;
                }

                var norms = stack(gradients.Select(gradient => linalg.vector_norm(gradient, norm_type).to(gradients[0].device)));
                var total = linalg.vector_norm(norms, norm_type).ToDouble();
                var factor = Math.Min(1.0, max_norm / (total + 1e-6));
                foreach (var gradient in gradients)
                {
                    gradient.mul_((Scalar)factor);
                }

                return total;
            }

            /// <summary>Brings every element of every gradient into [-clip_value, clip_value].</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var scope = NewDisposeScope();
                using var unrecorded = no_grad();
                foreach (var gradient in Gradients(tensors))
                {
                    gradient.clamp_(-clip_value, clip_value);
                }
            }

            private static List<Tensor> Gradients(IEnumerable<Parameter> tensors) =>
                [.. tensors.Select(tensor => tensor.grad).OfType<Tensor>()];
        }
    }
}
