using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary><paramref name="length"/> slices from <paramref name="start"/> along a dimension, without copying.</summary>
        public Tensor narrow(long dim, long start, long length) => Aten.Narrow.Call(this, dim, start, length);

        /// <summary>Every <paramref name="step"/>-th slice from start to before finish along a dimension, without copying.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Aten.SliceTensor.Call(this, dim, start, finish, step);

        /// <summary>One slice along a dimension, without that dimension and without copying.</summary>
        public Tensor select(long dim, long index) => Aten.SelectInt.Call(this, dim, index);

        /// <summary>The slices at the given positions ([n] int64) along a dimension, copied.</summary>
        public Tensor index_select(long dim, Tensor index) => Aten.IndexSelect.Call(this, dim, index);

        /// <summary>One element along a dimension for each position in <paramref name="index"/>.</summary>
        public Tensor gather(long dim, Tensor index) => Aten.Gather.Call(this, dim, index);

        /// <summary>A copy with the elements of <paramref name="src"/> at the given positions along a dimension.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.ScatterSrc.Call(this, dim, index, src);

        /// <summary>The elements of <paramref name="src"/> written to the given positions along a dimension. In place.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Aten.ScatterSrcInPlace.Mutate(this, dim, index, src);

        /// <summary>The elements of <paramref name="src"/> added at the given positions along a dimension. In place.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Aten.ScatterAddInPlace.Mutate(this, dim, index, src);

        /// <summary>The slices of <paramref name="source"/>, times alpha, added at the given positions along a dimension. In place.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.IndexAddInPlace.Mutate(this, dim, index, source, alpha);

        /// <summary>The slices of <paramref name="source"/> written to the given positions along a dimension. In place.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Aten.IndexCopyInPlace.Mutate(this, dim, index, source);

        /// <summary>A copy with a number where the mask is true; broadcast.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.MaskedFillScalar.Call(this, mask, value);

        /// <summary>A number written where the mask is true; broadcast. In place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => Aten.MaskedFillScalarInPlace.Mutate(this, mask, value);

        /// <summary>The elements where the mask is true: [n]. (A device synchronization on a GPU.)</summary>
        public Tensor masked_select(Tensor mask) => Aten.MaskedSelect.Call(this, mask);

        /// <summary>The indices of the elements that are not zero: [n, dimensions] int64. (A device synchronization on a GPU.)</summary>
        public Tensor nonzero() => Aten.Nonzero.Call(this);
    }
}
