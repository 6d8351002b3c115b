using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum, broadcast.</summary>
        public Tensor add(Tensor target) => Aten.AddTensor.Call(this, target);

        /// <summary>this + alpha * target, broadcast.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Aten.AddTensor.Call(this, target, alpha);

        /// <summary>A number added to each element.</summary>
        public Tensor add(Scalar scalar) => Aten.AddScalar.Call(this, scalar);

        /// <summary>this + alpha * scalar.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.AddScalar.Call(this, scalar, alpha);

        /// <summary>Sum, broadcast. In place.</summary>
        public Tensor add_(Tensor target) => Aten.AddTensorInPlace.Mutate(this, target);

        /// <summary>this + alpha * target, broadcast. In place.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => Aten.AddTensorInPlace.Mutate(this, target, alpha);

        /// <summary>A number added to each element. In place.</summary>
        public Tensor add_(Scalar scalar) => Aten.AddScalarInPlace.Mutate(this, scalar);

        /// <summary>this + alpha * scalar. In place.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) => Aten.AddScalarInPlace.Mutate(this, scalar, alpha);

        /// <summary>Difference, broadcast.</summary>
        public Tensor sub(Tensor target) => Aten.SubTensor.Call(this, target);

        /// <summary>A number taken from each element.</summary>
        public Tensor sub(Scalar target) => Aten.SubScalar.Call(this, target);

        /// <summary>Difference, broadcast. In place.</summary>
        public Tensor sub_(Tensor target) => Aten.SubTensorInPlace.Mutate(this, target);

        /// <summary>A number taken from each element. In place.</summary>
        public Tensor sub_(Scalar target) => Aten.SubScalarInPlace.Mutate(this, target);

        /// <summary>Product, element by element, broadcast.</summary>
        public Tensor mul(Tensor target) => Aten.MulTensor.Call(this, target);

        /// <summary>Each element times a number.</summary>
        public Tensor mul(Scalar target) => Aten.MulScalar.Call(this, target);

        /// <summary>Product, element by element, broadcast. In place.</summary>
        public Tensor mul_(Tensor target) => Aten.MulTensorInPlace.Mutate(this, target);

        /// <summary>Each element times a number. In place.</summary>
        public Tensor mul_(Scalar target) => Aten.MulScalarInPlace.Mutate(this, target);

        /// <summary>Quotient, broadcast; integers give float32 unless rounded.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Aten.DivTensorMode.Call(this, target, Keyword(rounding_mode));

        /// <summary>Each element divided by a number.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Aten.DivScalarMode.Call(this, target, Keyword(rounding_mode));

        /// <summary>Quotient, broadcast. In place.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Aten.DivTensorModeInPlace.Mutate(this, target, Keyword(rounding_mode));

        /// <summary>Each element divided by a number. In place.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Aten.DivScalarModeInPlace.Mutate(this, target, Keyword(rounding_mode));

        /// <summary>The rest of a division, with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Aten.RemainderTensor.Call(this, target);

        /// <summary>The rest of a division, with the divisor's sign.</summary>
        public Tensor remainder(Scalar scalar) => Aten.RemainderScalar.Call(this, scalar);

        /// <summary>this + value * tensor1 * tensor2, broadcast.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Addcmul.Call(this, tensor1, tensor2, value);

        /// <summary>this + value * tensor1 * tensor2, broadcast. In place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.AddcmulInPlace.Mutate(this, tensor1, tensor2, value);

        /// <summary>this + tensor1 / tensor2, broadcast.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Aten.Addcdiv.Call(this, tensor1, tensor2);

        /// <summary>this + value * tensor1 / tensor2, broadcast.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Addcdiv.Call(this, tensor1, tensor2, value);

        /// <summary>this + tensor1 / tensor2, broadcast. In place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Aten.AddcdivInPlace.Mutate(this, tensor1, tensor2);

        /// <summary>this + value * tensor1 / tensor2, broadcast. In place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.AddcdivInPlace.Mutate(this, tensor1, tensor2, value);

        private static string? Keyword(RoundingMode mode) => mode switch
        {
            RoundingMode.trunc => "trunc",
            RoundingMode.floor => "floor",
            _ => null,
        };
    }
}
