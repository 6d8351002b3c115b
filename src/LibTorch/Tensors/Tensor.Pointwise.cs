using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Square root, element by element.</summary>
        public Tensor sqrt() => Aten.Sqrt.Call(this);

        /// <summary>Square root, element by element. In place.</summary>
        public Tensor sqrt_() => Aten.SqrtInPlace.Mutate(this);

        /// <summary>1 / square root, element by element.</summary>
        public Tensor rsqrt() => Aten.Rsqrt.Call(this);

        /// <summary>1 / square root, element by element. In place.</summary>
        public Tensor rsqrt_() => Aten.RsqrtInPlace.Mutate(this);

        /// <summary>Each element times itself.</summary>
        public Tensor square() => Aten.Square.Call(this);

        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => Aten.Exp.Call(this);

        /// <summary>e to the power of each element. In place.</summary>
        public Tensor exp_() => Aten.ExpInPlace.Mutate(this);

        /// <summary>Natural logarithm, element by element.</summary>
        public Tensor log() => Aten.Log.Call(this);

        /// <summary>Natural logarithm, element by element. In place.</summary>
        public Tensor log_() => Aten.LogInPlace.Mutate(this);

        /// <summary>log(1 + x), precise for small x.</summary>
        public Tensor log1p() => Aten.Log1p.Call(this);

        /// <summary>Absolute value.</summary>
        public Tensor abs() => Aten.Abs.Call(this);

        /// <summary>Absolute value. In place.</summary>
        public Tensor abs_() => Aten.AbsInPlace.Mutate(this);

        /// <summary>The opposite of each element.</summary>
        public Tensor neg() => Aten.Neg.Call(this);

        /// <summary>The opposite of each element. In place.</summary>
        public Tensor neg_() => Aten.NegInPlace.Mutate(this);

        /// <summary>1 / x, element by element.</summary>
        public Tensor reciprocal() => Aten.Reciprocal.Call(this);

        /// <summary>1 / x, element by element. In place.</summary>
        public Tensor reciprocal_() => Aten.ReciprocalInPlace.Mutate(this);

        /// <summary>-1, 0 or 1, element by element.</summary>
        public Tensor sign() => Aten.Sign.Call(this);

        /// <summary>The largest integer not above each element.</summary>
        public Tensor floor() => Aten.Floor.Call(this);

        /// <summary>The smallest integer not below each element.</summary>
        public Tensor ceil() => Aten.Ceil.Call(this);

        /// <summary>The error function, element by element.</summary>
        public Tensor erf() => Aten.Erf.Call(this);

        /// <summary>The inverse error function on (-1, 1), element by element.</summary>
        public Tensor erfinv() => Aten.Erfinv.Call(this);

        /// <summary>The inverse error function on (-1, 1), element by element. In place.</summary>
        public Tensor erfinv_() => Aten.ErfinvInPlace.Mutate(this);

        /// <summary>Sine, in radians.</summary>
        public Tensor sin() => Aten.Sin.Call(this);

        /// <summary>Cosine, in radians.</summary>
        public Tensor cos() => Aten.Cos.Call(this);

        /// <summary>True where an element is neither infinite nor NaN.</summary>
        public Tensor isfinite() => Aten.Isfinite.Call(this);

        /// <summary>True where an element is infinite.</summary>
        public Tensor isinf() => Aten.Isinf.Call(this);

        /// <summary>True where an element is NaN.</summary>
        public Tensor isnan() => Aten.Isnan.Call(this);

        /// <summary>True where an element is zero.</summary>
        public Tensor logical_not() => Aten.LogicalNot.Call(this);

        /// <summary>Each element to a power, broadcast.</summary>
        public Tensor pow(Tensor exponent) => Aten.PowTensorTensor.Call(this, exponent);

        /// <summary>Each element to a power.</summary>
        public Tensor pow(Scalar exponent) => Aten.PowTensorScalar.Call(this, exponent);

        /// <summary>Each element to a power, broadcast. In place.</summary>
        public Tensor pow_(Tensor exponent) => Aten.PowTensorInPlace.Mutate(this, exponent);

        /// <summary>Each element to a power. In place.</summary>
        public Tensor pow_(Scalar exponent) => Aten.PowScalarInPlace.Mutate(this, exponent);

        /// <summary>Elements brought into [min, max]; a null bound does not bound.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Clamp.Call(this, min, max);

        /// <summary>Elements brought into [min, max], broadcast; a null bound does not bound.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.ClampTensor.Call(this, min, max);

        /// <summary>Elements brought into [min, max]; a null bound does not bound. In place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Aten.ClampInPlace.Mutate(this, min, max);

        /// <summary>Elements brought up to a lower bound.</summary>
        public Tensor clamp_min(Scalar min) => Aten.ClampMin.Call(this, min);

        /// <summary>Elements brought up to a lower bound. In place.</summary>
        public Tensor clamp_min_(Scalar min) => Aten.ClampMinInPlace.Mutate(this, min);

        /// <summary>Elements brought down to an upper bound.</summary>
        public Tensor clamp_max(Scalar max) => Aten.ClampMax.Call(this, max);

        /// <summary>Elements brought down to an upper bound. In place.</summary>
        public Tensor clamp_max_(Scalar max) => Aten.ClampMaxInPlace.Mutate(this, max);

        /// <summary>The larger of two elements, broadcast; NaN wins.</summary>
        public Tensor maximum(Tensor other) => Aten.Maximum.Call(this, other);

        /// <summary>The smaller of two elements, broadcast; NaN wins.</summary>
        public Tensor minimum(Tensor other) => Aten.Minimum.Call(this, other);

        /// <summary>this + weight * (end - this), broadcast.</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Aten.LerpTensor.Call(this, end, weight);

        /// <summary>this + weight * (end - this), broadcast. In place.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => Aten.LerpTensorInPlace.Mutate(this, end, weight);

        /// <summary>The elements rounded to the nearest integer (halves to even), or to <paramref name="decimals"/> decimal places.</summary>
        public Tensor round(long decimals = 0L) => decimals == 0 ? Aten.Round.Call(this) : Aten.RoundDecimals.Call(this, decimals);

        /// <summary>The elements of this where the condition holds, those of <paramref name="y"/> elsewhere; broadcast.</summary>
        public Tensor where(Tensor condition, Tensor y) => Aten.WhereSelf.Call(condition, this, y);

        /// <summary>All elements set to a number. In place.</summary>
        public Tensor fill_(Scalar value) => Aten.FillScalarInPlace.Mutate(this, value);

        /// <summary>All elements set to zero. In place.</summary>
        public Tensor zero_() => Aten.ZeroInPlace.Mutate(this);

        /// <summary>Overwritten with another tensor, broadcast and converted. In place.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Aten.CopyInPlace.Mutate(this, source, nonBlocking);

        /// <summary>An independent copy; gradients flow through it.</summary>
        public Tensor clone() => Aten.Clone.Call(this);
    }
}
