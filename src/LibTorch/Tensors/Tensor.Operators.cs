using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum, broadcast.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, int right) => left.add((Scalar)right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, long right) => left.add((Scalar)right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, float right) => left.add((Scalar)right);

        /// <summary>Sum with a number.</summary>
        public static Tensor operator +(Tensor left, double right) => left.add((Scalar)right);

        /// <summary>Sum of a number and each element.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        /// <summary>Sum of a number and each element.</summary>
        public static Tensor operator +(int left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum of a number and each element.</summary>
        public static Tensor operator +(long left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum of a number and each element.</summary>
        public static Tensor operator +(float left, Tensor right) => right.add((Scalar)left);

        /// <summary>Sum of a number and each element.</summary>
        public static Tensor operator +(double left, Tensor right) => right.add((Scalar)left);

        /// <summary>Difference, broadcast.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, int right) => left.sub((Scalar)right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, long right) => left.sub((Scalar)right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, float right) => left.sub((Scalar)right);

        /// <summary>Difference with a number.</summary>
        public static Tensor operator -(Tensor left, double right) => left.sub((Scalar)right);

        /// <summary>Difference of a number and each element.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Aten.RsubScalar.Call(right, left);

        /// <summary>Difference of a number and each element.</summary>
        public static Tensor operator -(int left, Tensor right) => Aten.RsubScalar.Call(right, (Scalar)left);

        /// <summary>Difference of a number and each element.</summary>
        public static Tensor operator -(long left, Tensor right) => Aten.RsubScalar.Call(right, (Scalar)left);

        /// <summary>Difference of a number and each element.</summary>
        public static Tensor operator -(float left, Tensor right) => Aten.RsubScalar.Call(right, (Scalar)left);

        /// <summary>Difference of a number and each element.</summary>
        public static Tensor operator -(double left, Tensor right) => Aten.RsubScalar.Call(right, (Scalar)left);

        /// <summary>Product, element by element, broadcast.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        /// <summary>Product, element by element with a number.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        /// <summary>Product, element by element with a number.</summary>
        public static Tensor operator *(Tensor left, int right) => left.mul((Scalar)right);

        /// <summary>Product, element by element with a number.</summary>
        public static Tensor operator *(Tensor left, long right) => left.mul((Scalar)right);

        /// <summary>Product, element by element with a number.</summary>
        public static Tensor operator *(Tensor left, float right) => left.mul((Scalar)right);

        /// <summary>Product, element by element with a number.</summary>
        public static Tensor operator *(Tensor left, double right) => left.mul((Scalar)right);

        /// <summary>Product, element by element of a number and each element.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        /// <summary>Product, element by element of a number and each element.</summary>
        public static Tensor operator *(int left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, element by element of a number and each element.</summary>
        public static Tensor operator *(long left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, element by element of a number and each element.</summary>
        public static Tensor operator *(float left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Product, element by element of a number and each element.</summary>
        public static Tensor operator *(double left, Tensor right) => right.mul((Scalar)left);

        /// <summary>Quotient, broadcast.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, int right) => left.div((Scalar)right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, long right) => left.div((Scalar)right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, float right) => left.div((Scalar)right);

        /// <summary>Quotient with a number.</summary>
        public static Tensor operator /(Tensor left, double right) => left.div((Scalar)right);

        /// <summary>Quotient of a number and each element.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => Quotient(left, right);

        /// <summary>Quotient of a number and each element.</summary>
        public static Tensor operator /(int left, Tensor right) => Quotient((Scalar)left, right);

        /// <summary>Quotient of a number and each element.</summary>
        public static Tensor operator /(long left, Tensor right) => Quotient((Scalar)left, right);

        /// <summary>Quotient of a number and each element.</summary>
        public static Tensor operator /(float left, Tensor right) => Quotient((Scalar)left, right);

        /// <summary>Quotient of a number and each element.</summary>
        public static Tensor operator /(double left, Tensor right) => Quotient((Scalar)left, right);

        /// <summary>The rest of a division, with the divisor's sign; broadcast.</summary>
        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        /// <summary>The rest of a division, with the divisor's sign.</summary>
        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        /// <summary>The opposite of each element.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        /// <summary>True where elements are equal; broadcast.</summary>
        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        /// <summary>True where elements are equal.</summary>
        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        /// <summary>True where elements are equal.</summary>
        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        /// <summary>True where elements differ; broadcast.</summary>
        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        /// <summary>True where elements differ.</summary>
        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        /// <summary>True where elements differ.</summary>
        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        /// <summary>True where left is less; broadcast.</summary>
        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        /// <summary>True where left is less.</summary>
        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        /// <summary>True where left is less.</summary>
        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        /// <summary>True where left is not greater; broadcast.</summary>
        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        /// <summary>True where left is not greater.</summary>
        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        /// <summary>True where left is not greater.</summary>
        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        /// <summary>True where left is greater; broadcast.</summary>
        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        /// <summary>True where left is greater.</summary>
        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        /// <summary>True where left is greater.</summary>
        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        /// <summary>True where left is not less; broadcast.</summary>
        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        /// <summary>True where left is not less.</summary>
        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        /// <summary>True where left is not less.</summary>
        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        /// <summary>A tensor without dimensions that holds the number.</summary>
        public static implicit operator Tensor(byte value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds the number.</summary>
        public static implicit operator Tensor(sbyte value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds the number.</summary>
        public static implicit operator Tensor(short value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds the number.</summary>
        public static implicit operator Tensor(int value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds the number.</summary>
        public static implicit operator Tensor(long value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds the number.</summary>
        public static implicit operator Tensor(float value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds the number.</summary>
        public static implicit operator Tensor(double value) => torch.tensor(value);

        /// <summary>A tensor without dimensions that holds the number.</summary>
        public static implicit operator Tensor(bool value) => torch.tensor(value);

        /// <summary>Not to be called. It exists because a conversion from <see cref="Scalar"/> to <see cref="Tensor"/> makes the compiler prefer the
        /// scalar overload where a number fits both, as in <c>x.mul_(2)</c>.</summary>
        public static implicit operator Tensor(Scalar scalar) =>
            throw new InvalidOperationException("A Scalar is not converted to a Tensor; use torch.tensor.");

        /// <summary>The only element (a device synchronization on a GPU).</summary>
        public static explicit operator float(Tensor value) => value.ToSingle();

        /// <summary>The only element (a device synchronization on a GPU).</summary>
        public static explicit operator double(Tensor value) => value.ToDouble();

        /// <summary>The only element (a device synchronization on a GPU).</summary>
        public static explicit operator int(Tensor value) => value.ToInt32();

        /// <summary>The only element (a device synchronization on a GPU).</summary>
        public static explicit operator long(Tensor value) => value.ToInt64();

        /// <summary>The only element (a device synchronization on a GPU).</summary>
        public static explicit operator bool(Tensor value) => value.ToBoolean();

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>True when type, shape and all elements are equal (a device synchronization on a GPU). The operator == compares element by element.</summary>
        public bool Equals(Tensor? target) => target is not null && dtype == target.dtype && Aten.Equal.CallBoolean(this, target);

        /// <inheritdoc/>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        private static Tensor Quotient(Scalar left, Tensor right)
        {
            using var inverse = Aten.Reciprocal.Call(right);
            return inverse.mul(left);
        }
    }
}
