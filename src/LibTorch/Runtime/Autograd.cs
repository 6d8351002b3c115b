using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Derivatives by reverse accumulation.</summary>
    public static partial class autograd
    {
        /// <summary>
        /// Adds the derivatives of <paramref name="tensors"/>, weighted by <paramref name="grad_tensors"/> (needed for those that have
        /// more than one element), to the gradients of the leaves, or of <paramref name="inputs"/> only. The graph is kept when
        /// <paramref name="retain_graph"/> is true (default: as <paramref name="create_graph"/>).
        /// </summary>
        public static unsafe void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var outputs = Handles(tensors);
            var weights = grad_tensors is null ? new nint[outputs.Length] : Handles(grad_tensors);
            var leaves = Handles(inputs ?? []);
            fixed (nint* first = outputs, weight = weights, leaf = leaves)
            {
                Check(NativeMethods.ty_backward(
                    first, outputs.Length, weight, weights.Length, retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, leaf, leaves.Length));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <summary>
        /// The derivatives of <paramref name="outputs"/>, weighted by <paramref name="grad_outputs"/> (needed for those that have more
        /// than one element), with respect to <paramref name="inputs"/>, one per input. With <paramref name="allow_unused"/>, the
        /// gradient of an input that took no part is an invalid tensor; without it, that is an error.
        /// </summary>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            var ends = Handles(outputs);
            var starts = Handles(inputs);
            var weights = Handles(grad_outputs ?? []);
            var gradients = new Tensor[starts.Length];
            fixed (nint* end = ends, start = starts, weight = weights)
            {
                var results = NativeMethods.ty_grad(
                    end, ends.Length, start, starts.Length, weight, weights.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0);
                if (results == null)
                {
                    CheckForErrors();
                }

                for (var i = 0; i < gradients.Length; i++)
                {
                    gradients[i] = new Tensor((nint)results[i].Payload);
                }
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return gradients;
        }

        private static nint[] Handles(IList<Tensor> tensors)
        {
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++)
            {
                handles[i] = tensors[i].Handle;
            }

            return handles;
        }
    }
}
