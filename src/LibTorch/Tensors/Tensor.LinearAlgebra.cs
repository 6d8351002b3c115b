using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Matrix product: [n, k] x [k, m].</summary>
        public Tensor mm(Tensor target) => Aten.Mm.Call(this, target);

        /// <summary>Product of vectors, matrices or batches of matrices, broadcast over the batch.</summary>
        public Tensor matmul(Tensor target) => Aten.Matmul.Call(this, target);

        /// <summary>Product of batches of matrices: [b, n, k] x [b, k, m].</summary>
        public Tensor bmm(Tensor batch2) => Aten.Bmm.Call(this, batch2);

        /// <summary>beta * this + alpha * mat1 x mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Aten.Addmm.Call(this, mat1, mat2, (double)beta, (double)alpha);

        /// <summary>beta * this + alpha * mat1 x mat2. In place.</summary>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Aten.AddmmInPlace.Mutate(this, mat1, mat2, (double)beta, (double)alpha);

        /// <summary>Scalar product of two vectors: [].</summary>
        public Tensor dot(Tensor target) => Aten.Dot.Call(this, target);

        /// <summary>All products of two vectors: [n] and [m] give [n, m].</summary>
        public Tensor outer(Tensor vec2) => Aten.Outer.Call(this, vec2);
    }
}
