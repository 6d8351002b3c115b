using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements: [].</summary>
        public Tensor sum(ScalarType? type = null) => Aten.Sum.Call(this, type);

        /// <summary>The sum along dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Aten.SumDimIntList.Call(this, dim, keepdim, type);

        /// <inheritdoc cref="sum(long[], bool, ScalarType?)"/>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Aten.SumDimIntList.Call(this, dim, keepdim, type);

        /// <summary>The sum along a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        /// <summary>The sum along two dimensions.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        /// <summary>The sum along three dimensions.</summary>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        /// <summary>The mean of all elements: [].</summary>
        public Tensor mean() => Aten.Mean.Call(this);

        /// <summary>The mean along dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Aten.MeanDim.Call(this, dimensions, keepdim, type);

        /// <summary>The standard deviation of all elements: []; with n - 1 in the denominator unless <paramref name="unbiased"/> is false.</summary>
        public Tensor std(bool unbiased = true) => Aten.Std.Call(this, unbiased);

        /// <summary>The standard deviation along dimensions; with n - 1 in the denominator unless <paramref name="unbiased"/> is false.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Converted(Aten.StdDim.Call(this, dimensions, unbiased, keepdim), type);

        /// <inheritdoc cref="std(long[], bool, bool, ScalarType?)"/>
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(dimensions.ToArray(), unbiased, keepdim, type);

        /// <summary>The standard deviation along a dimension; with n - 1 in the denominator unless <paramref name="unbiased"/> is false.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);

        /// <summary>The variance of all elements: []; with n - 1 in the denominator unless <paramref name="unbiased"/> is false.</summary>
        public Tensor var(bool unbiased = true) => Aten.Var.Call(this, unbiased);

        /// <summary>The variance along dimensions; with n - 1 in the denominator unless <paramref name="unbiased"/> is false.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Converted(Aten.VarDim.Call(this, dimensions, unbiased, keepdim), type);

        /// <inheritdoc cref="var(long[], bool, bool, ScalarType?)"/>
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dimensions.ToArray(), unbiased, keepdim, type);

        /// <summary>The variance along a dimension; with n - 1 in the denominator unless <paramref name="unbiased"/> is false.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);

        /// <summary>Variance and mean of all elements: [] each.</summary>
        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Aten.VarMean.Call2(this, unbiased);

        /// <summary>Variance and mean along dimensions.</summary>
        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        {
            var (variance, mean) = Aten.VarMeanDim.Call2(this, dimensions, unbiased, keepdim);
            return (Converted(variance, type), Converted(mean, type));
        }

        /// <summary>The largest element: [].</summary>
        public Tensor max() => Aten.Max.Call(this);

        /// <summary>The larger of two elements, broadcast.</summary>
        public Tensor max(Tensor other) => Aten.MaxOther.Call(this, other);

        /// <summary>The largest elements along a dimension and their positions (int64).</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Aten.MaxDim.Call2(this, dim, keepdim);

        /// <summary>The smallest element: [].</summary>
        public Tensor min() => Aten.Min.Call(this);

        /// <summary>The smaller of two elements, broadcast.</summary>
        public Tensor min(Tensor other) => Aten.MinOther.Call(this, other);

        /// <summary>The smallest elements along a dimension and their positions (int64).</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Aten.MinDim.Call2(this, dim, keepdim);

        /// <summary>The row-major position of the largest element: [] int64.</summary>
        public Tensor argmax() => Aten.Argmax.Call(this);

        /// <summary>The position of the largest element along a dimension (int64).</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Aten.Argmax.Call(this, dim, keepdim);

        /// <summary>The row-major position of the smallest element: [] int64.</summary>
        public Tensor argmin() => Aten.Argmin.Call(this);

        /// <summary>The position of the smallest element along a dimension (int64).</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Aten.Argmin.Call(this, dim, keepdim);

        /// <summary>The largest elements along dimensions; all when none is named.</summary>
        public Tensor amax(params long[] dims) => Aten.Amax.Call(this, dims);

        /// <summary>The largest elements along dimensions; all when none is named. Written to <paramref name="out"/> when given.</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Aten.Amax.Call(this, dims, keepdim) : Aten.AmaxOut.Call(this, dims, keepdim, @out);

        /// <summary>The smallest elements along dimensions; all when none is named.</summary>
        public Tensor amin(params long[] dims) => Aten.Amin.Call(this, dims);

        /// <summary>The smallest elements along dimensions; all when none is named. Written to <paramref name="out"/> when given.</summary>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Aten.Amin.Call(this, dims, keepdim) : Aten.AminOut.Call(this, dims, keepdim, @out);

        /// <summary>The p-norm of all elements: [].</summary>
        public Tensor norm(float p = 2) => Aten.NormScalar.Call(this, (double)p);

        /// <summary>The p-norm along a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Aten.NormScalarOptDim.Call(this, (double)p, new long[] { dim }, keepdim);

        /// <summary>log(sum(exp(x))) along a dimension, without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.Logsumexp.Call(this, new[] { dim }, keepdim);

        /// <summary>The product of all elements: [].</summary>
        public Tensor prod(ScalarType? type = null) => Aten.Prod.Call(this, type);

        /// <summary>The running sum along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.Cumsum.Call(this, dim, type);

        /// <summary>How many elements fall into each of equal bins over [min, max] (all data when both are 0): [bins].</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Aten.Histc.Call(this, bins, min, max);

        /// <summary>How often (or with which total weight) each non-negative integer occurs: [max(largest + 1, minlength)].</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Aten.Bincount.Call(this, weights, minlength);

        /// <summary>The k largest (or smallest) elements along a dimension and their positions.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Aten.Topk.Call2(this, k, dim, largest, sorted);

        /// <summary>The elements in order along a dimension and their positions.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.SortStable.Call2(this, stable, dim, descending);

        /// <summary>The positions that put the elements in order along a dimension (int64).</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Aten.Argsort.Call(this, dim, descending);

        /// <summary>The median of all elements, the lower of two: [].</summary>
        public Tensor median() => Aten.Median.Call(this);

        /// <summary>The quantiles along a dimension, interpolated linearly: one row for each of <paramref name="q"/>.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Aten.Quantile.Call(this, q, dim, keepdim);

        /// <summary>The number of elements that are not zero.</summary>
        public Tensor count_nonzero(long[]? dims = null) => Aten.CountNonzeroDimIntList.Call(this, dims ?? []);

        private static Tensor Converted(Tensor result, ScalarType? type)
        {
            if (type is not { } target || result.dtype == target)
            {
                return result;
            }

            using (result)
            {
                return result.to(target);
            }
        }
    }
}
