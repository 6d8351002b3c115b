using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same elements in another shape, without copying; one length may be -1.</summary>
        public Tensor view(params long[] shape) => Aten.View.Call(this, shape);

        /// <summary>The same elements in another tensor's shape, without copying.</summary>
        public Tensor view_as(Tensor other) => Aten.ViewAs.Call(this, other);

        /// <summary>The same elements in another shape, copied when there is no other way; one length may be -1.</summary>
        public Tensor reshape(params long[] shape) => Aten.Reshape.Call(this, shape);

        /// <summary>The dimensions in another order, without copying.</summary>
        public Tensor permute(params long[] permutation) => Aten.Permute.Call(this, permutation);

        /// <summary>Two dimensions exchanged, without copying.</summary>
        public Tensor transpose(long dim0, long dim1) => Aten.TransposeInt.Call(this, dim0, dim1);

        /// <summary>The transpose of a matrix, without copying.</summary>
        public Tensor t() => Aten.T.Call(this);

        /// <summary>Without a dimension of length 1, or without all of them.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } one ? Aten.SqueezeDim.Call(this, one) : Aten.Squeeze.Call(this);

        /// <summary>With a dimension of length 1 before <paramref name="dim"/>.</summary>
        public Tensor unsqueeze(long dim) => Aten.Unsqueeze.Call(this, dim);

        /// <summary>The dimensions from start_dim to end_dim as one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.FlattenUsingInts.Call(this, start_dim, end_dim);

        /// <summary>One dimension as several; one length may be -1.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Aten.UnflattenInt.Call(this, dim, sizes);

        /// <summary>Dimensions of length 1 repeated to the given lengths without copying; -1 keeps a length.</summary>
        public Tensor expand(params long[] sizes) => Aten.Expand.Call(this, sizes);

        /// <summary>Dimensions of length 1 repeated to the given lengths without copying; -1 keeps a length.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Aten.Expand.Call(this, sizes, isImplicit);

        /// <inheritdoc cref="expand(long[])"/>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Aten.Expand.Call(this, sizes, isImplicit);

        /// <summary>Dimensions of length 1 repeated to another tensor's shape, without copying.</summary>
        public Tensor expand_as(Tensor other) => Aten.ExpandAs.Call(this, other);

        /// <summary>Broadcast to a shape, without copying.</summary>
        public Tensor broadcast_to(params long[] shape) => Aten.BroadcastTo.Call(this, shape);

        /// <summary>Copies side by side, so many along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Aten.Repeat.Call(this, sizes);

        /// <summary>In row-major order; this tensor when it already is.</summary>
        public Tensor contiguous() => Aten.Contiguous.Call(this);

        /// <summary>The elements in opposite order along dimensions.</summary>
        public Tensor flip(params long[] dims) => Aten.Flip.Call(this, dims);

        /// <summary>The elements shifted cyclically along a dimension, or as one row when it is null.</summary>
        public Tensor roll(long shifts, long? dims = null) => Aten.Roll.Call(this, new[] { shifts }, dims is { } one ? new[] { one } : []);

        /// <summary>The elements shifted cyclically along dimensions.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Aten.Roll.Call(this, shifts, dims);

        /// <summary>The slices along a dimension, without copying.</summary>
        public Tensor[] unbind(long dimension = 0) => Aten.UnbindInt.CallList(this, dimension);

        /// <summary>At most so many equal parts along a dimension (the last may be shorter), without copying.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Aten.Chunk.CallList(this, chunks, dim);

        /// <summary>Parts of a length along a dimension (the last may be shorter), without copying.</summary>
        public Tensor[] split(long size, int dim = 0) => Aten.SplitTensor.CallList(this, size, dim);

        /// <summary>Parts of given lengths along a dimension, without copying.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Aten.SplitWithSizes.CallList(this, sizes, dim);

        /// <summary>All sliding windows of a length along a dimension, as a last dimension, without copying.</summary>
        public Tensor unfold(long dimension, long size, long step) => Aten.Unfold.Call(this, dimension, size, step);

        /// <summary>The lower triangle, zero above the given diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Aten.Tril.Call(this, diagonal);

        /// <summary>The upper triangle, zero below the given diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Aten.Triu.Call(this, diagonal);

        /// <summary>A matrix's diagonal, or a matrix with the given diagonal.</summary>
        public Tensor diag(long diagonal = 0) => Aten.Diag.Call(this, diagonal);
    }
}
