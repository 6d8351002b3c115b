namespace TorchSharp;

public static partial class torch
{
    /// <summary>What an index expression takes along one dimension: <c>x[TensorIndex.Ellipsis, 0, TensorIndex.Slice(1, 3)]</c>.</summary>
    public struct TensorIndex
    {
        /// <summary>Everything along as many dimensions as the other indices leave.</summary>
        public static TensorIndex Ellipsis = new() { What = Kind.Ellipsis };

        /// <summary>A new dimension of length 1.</summary>
        public static TensorIndex None = new() { What = Kind.NewDimension };

        /// <inheritdoc cref="None"/>
        public static TensorIndex Null = None;

        /// <summary>Everything along a dimension.</summary>
        public static TensorIndex Colon = Slice();

        internal enum Kind
        {
            NewDimension,
            Single,
            Ellipsis,
            Slice,
            Tensor,
        }

        internal Kind What { get; private init; }

        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal torch.Tensor? Positions { get; private init; }

        /// <summary>One position; the dimension disappears. Negative positions count from the end.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>The range from start to before end; null ends are open, negative ones count from the end.</summary>
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range.start, range.end);

        /// <summary>The range of positions.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One position; the dimension disappears.</summary>
        public static implicit operator TensorIndex(Index index) => Single(Position(index));

        /// <summary>
        /// Not to be called. It exists because a conversion to <see cref="torch.Tensor"/> makes the compiler prefer this type where a
        /// number fits both, as in <c>x[0]</c>.
        /// </summary>
        public static implicit operator torch.Tensor(TensorIndex value) =>
            throw new InvalidOperationException("A TensorIndex is not converted to a Tensor.");

        /// <summary>Every step-th position from start to before stop; null ends are open, negative ones count from the end.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { What = Kind.Slice, Start = start, Stop = stop, Step = step };

        /// <inheritdoc cref="op_Implicit(Range)"/>
        public static TensorIndex Slice(Range range) =>
            Slice(Position(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : Position(range.End));

        /// <summary>One position; the dimension disappears. Negative positions count from the end.</summary>
        public static TensorIndex Single(long? index) => new() { What = Kind.Single, Start = index };

        /// <summary>The given positions (int64), or those where a mask (bool) is true.</summary>
        public static TensorIndex Tensor(torch.Tensor tensor) => new() { What = Kind.Tensor, Positions = tensor };

        private static long Position(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
