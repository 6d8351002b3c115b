using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// The selected elements: a view when every index is a position, a slice, an ellipsis or a new dimension; a copy when one is a
        /// tensor of positions or a mask. Setting writes to the selected elements, broadcast.
        /// </summary>
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <summary>The elements at the positions (int64), or where the mask (bool) is true; setting writes to them, broadcast.</summary>
        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        /// <inheritdoc cref="this[TensorIndex[]]"/>
        public Tensor index(params TensorIndex[] indices)
        {
            var (view, positions) = Select(indices);
            if (positions is null)
            {
                return view;
            }

            using (view)
            {
                return Aten.IndexTensor.Call(view, Argument.Optional(positions));
            }
        }

        /// <inheritdoc cref="this[Tensor[]]"/>
        public Tensor index(params Tensor[] indices) => Aten.IndexTensor.Call(this, Argument.Optional(indices));

        /// <summary>Writes to the selected elements, broadcast. In place.</summary>
        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, positions) = Select(indices);
            using (view)
            {
                if (positions is null)
                {
                    view.copy_(value);
                }
                else
                {
                    Aten.IndexPutInPlace.Mutate(view, Argument.Optional(positions), value);
                }
            }

            return this;
        }

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        public Tensor index_put_(Tensor value, params Tensor[] indices) => Aten.IndexPutInPlace.Mutate(this, Argument.Optional(indices), value);

        /// <inheritdoc cref="index_put_(Tensor, TensorIndex[])"/>
        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = Aten.Full.Call(Array.Empty<long>(), value, (long)dtype, Argument.None, device);
            return index_put_(number, indices);
        }

        /// <summary>
        /// Applies positions, slices and new dimensions as views, from the first dimension on. The tensors among the indices are left
        /// for advanced indexing of the result, null where a whole dimension stays; null when there is none.
        /// </summary>
        private (Tensor View, Tensor?[]? Positions) Select(TensorIndex[] indices)
        {
            var view = alias();
            var dimension = 0L;
            List<Tensor?> positions = [];
            foreach (var index in indices)
            {
                switch (index.What)
                {
                    case TensorIndex.Kind.Single:
                        view = Replace(view, view.select(dimension, index.Start ?? 0));
                        break;
                    case TensorIndex.Kind.Slice:
                        view = Replace(view, Aten.SliceTensor.Call(view, dimension++, index.Start, index.Stop, index.Step ?? 1));
                        positions.Add(null);
                        break;
                    case TensorIndex.Kind.NewDimension:
                        view = Replace(view, view.unsqueeze(dimension++));
                        positions.Add(null);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        var left = view.Dimensions - dimension - indices.Reverse().TakeWhile(i => i.What != TensorIndex.Kind.Ellipsis).Sum(Consumed);
                        dimension += left;
                        positions.AddRange(Enumerable.Repeat<Tensor?>(null, (int)left));
                        break;
                    default:
                        var tensor = index.Positions!;
                        dimension += Consumed(index);
                        positions.Add(tensor);
                        break;
                }
            }

            return (view, positions.Exists(p => p is not null) ? [.. positions] : null);
        }

        /// <summary>How many dimensions an index takes; a mask takes as many as it has.</summary>
        private static long Consumed(TensorIndex index) => index.What switch
        {
            TensorIndex.Kind.NewDimension or TensorIndex.Kind.Ellipsis => 0,
            TensorIndex.Kind.Tensor when index.Positions!.dtype is ScalarType.Bool or ScalarType.Byte => index.Positions.Dimensions,
            _ => 1,
        };

        private static Tensor Replace(Tensor old, Tensor next)
        {
            old.Dispose();
            return next;
        }
    }
}
