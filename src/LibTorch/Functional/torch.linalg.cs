using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Decompositions and norms.</summary>
    public static partial class linalg
    {
        /// <summary>The QR decomposition of a matrix (or a batch of them): orthonormal columns and an upper triangle.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Aten.LinalgQr.Call2(input, mode switch { QRMode.Complete => "complete", QRMode.R => "r", _ => "reduced" });

        /// <summary>The singular value decomposition of a matrix (or a batch of them); values in falling order.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Aten.LinalgSvd.Call3(input, fullMatrices);

        /// <summary>The singular values of a matrix (or a batch of them) in falling order.</summary>
        public static Tensor svdvals(Tensor input) => Aten.LinalgSvdvals.Call(input);

        /// <summary>The ord-norm along dimensions; of all elements when none is named.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgVectorNorm.Call(input, ord, dims, keepdim);

        /// <summary>The ord-norm of a vector or a matrix, by the number of dimensions.</summary>
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgNorm.Call(input, ord, dims, keepdim);

        /// <summary>The 2-norm along dimensions; of all elements when none is named.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Aten.LinalgNorm.Call(input, Argument.None, dims, keepdim);

        /// <summary>What a QR decomposition computes.</summary>
        public enum QRMode
        {
            /// <summary>For [m, n] with k = min(m, n): Q [m, k] and R [k, n].</summary>
            Reduced = 0,

            /// <summary>Q [m, m] and R [m, n].</summary>
            Complete = 1,

            /// <summary>R [k, n] only; Q is empty.</summary>
            R = 2,
        }
    }
}
