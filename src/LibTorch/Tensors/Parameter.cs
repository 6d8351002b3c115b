namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that is trained: a leaf that requires a gradient.</summary>
        public class Parameter : torch.Tensor
        {
            /// <summary>Takes the tensor's handle over: <paramref name="data"/> is invalid afterwards, its scope owns the parameter.</summary>
            public Parameter(torch.Tensor data, bool requires_grad = true)
                : base(data.with_requires_grad(requires_grad).TakeHandle(), register: false) => DisposeScope.Replace(data, this);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <inheritdoc cref="Modules.Parameter(Tensor, bool)"/>
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
