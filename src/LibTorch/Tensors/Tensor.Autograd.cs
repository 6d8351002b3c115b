using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>True when operators on this tensor are recorded for gradients. Only floating-point leaves can be set.</summary>
        public bool requires_grad
        {
            get => Keep(NativeMethods.ty_tensor_requires_grad(Handle)) != 0;
            set
            {
                Check(NativeMethods.ty_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        /// <summary>True when no recorded operator made this tensor.</summary>
        public bool is_leaf
        {
            get
            {
                var leaf = Keep(NativeMethods.ty_tensor_is_leaf(Handle));
                Check(leaf);
                return leaf != 0;
            }
        }

        /// <summary>
        /// The gradient that backward passes added up for this leaf, or null before the first. Each read is a new handle on the same
        /// gradient. Setting null removes it.
        /// </summary>
        public Tensor? grad
        {
            get
            {
                var handle = Keep(NativeMethods.ty_tensor_grad(Handle));
                if (handle == 0)
                {
                    CheckForErrors();
                    return null;
                }

                return new Tensor(handle);
            }

            set
            {
                Check(NativeMethods.ty_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        /// <summary>Sets <see cref="requires_grad"/>. Returns this tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true) => with_requires_grad(requires_grad);

        /// <summary>Sets <see cref="requires_grad"/>. Returns this tensor.</summary>
        public Tensor with_requires_grad(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Makes backward passes keep this tensor's gradient although it is not a leaf.</summary>
        public void retain_grad()
        {
            Check(NativeMethods.ty_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>Adds the derivatives of this one-element tensor to the gradients of the leaves, and frees the graph.</summary>
        public void backward() => autograd.backward([this]);

        /// <summary>
        /// Adds the derivatives of this tensor, weighted by <paramref name="grad_tensors"/> (needed unless it has one element), to the
        /// gradients of the leaves, or of <paramref name="inputs"/> only.
        /// </summary>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>The same array without gradient history.</summary>
        public Tensor detach() => Aten.Detach.Call(this);

        /// <summary>Forgets the gradient history. In place.</summary>
        public Tensor detach_() => Aten.DetachInPlace.Mutate(this);
    }
}
