namespace Trainyard.LibTorch.Tests;

/// <summary>Comparison of a tensor's elements with expected numbers, whatever its type.</summary>
internal static class Close
{
    internal static void To(double[] expected, Tensor actual, double tolerance = 1e-6)
    {
        var elements = Elements(actual);
        Assert.Equal(expected.Length, elements.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - elements[i]) <= tolerance))
            {
                Assert.Fail($"element {i}: expected {expected[i]}, actual {elements[i]} of [{string.Join(", ", elements)}]");
            }
        }
    }

    internal static double[] Elements(Tensor tensor) => tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
}
