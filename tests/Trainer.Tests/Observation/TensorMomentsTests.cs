using Trainyard.Trainer.Observation;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Observation;

public sealed class TensorMomentsTests
{
    [Fact]
    public void Read_SeveralTensors_AreTakenTogether()
    {
        using var scope = NewDisposeScope();
        var random = new RandomStream(4);
        float[] first = [.. Enumerable.Range(0, 600).Select(_ => (float)(3 + random.NextNormal()))];
        float[] second = [.. Enumerable.Range(0, 40).Select(_ => (float)(-1 + (0.1 * random.NextNormal())))];
        double[] all = [.. first.Concat(second).Select(value => (double)value)];
        var measurements = new Measurements();

        var moments = new TensorMoments(measurements, [tensor(first).reshape(20, 30), tensor(second)]);
        measurements.Fetch();
        var read = moments.Read();

        var mean = all.Average();
        Assert.Equal(Math.Sqrt(all.Sum(value => value * value)), read.Norm!.Value, 1e-3);
        Assert.Equal(mean, read.Mean!.Value, 1e-5);
        Assert.Equal(Math.Sqrt(all.Average(value => Math.Pow(value - mean, 2))), read.Std!.Value, 1e-5);
    }

    [Fact]
    public void Read_ConstantAndInfiniteValues_AreExactlyZeroSpreadAndNull()
    {
        using var scope = NewDisposeScope();
        var measurements = new Measurements();
        var constant = new TensorMoments(measurements, [full(1000, 0.3, dtype: ScalarType.Float32)]);
        var broken = new TensorMoments(measurements, [tensor(new[] { 1, float.PositiveInfinity })]);
        measurements.Fetch();

        Assert.Equal(0, constant.Read().Std!.Value, 1e-7);
        Assert.Equal((null, null, null), (broken.Read().Norm, broken.Read().Mean, broken.Read().Std));
    }

    // Their squares are infinite or 0 in float32.
    [Theory]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    public void Read_ValuesWhoseSquaresFloat32CannotHold_AreExact(float unit)
    {
        using var scope = NewDisposeScope();
        var measurements = new Measurements();
        var moments = new TensorMoments(measurements, [tensor(new[] { 3 * unit, -3 * unit }), tensor(new[] { 4 * unit, -4 * unit })]);
        measurements.Fetch();
        var read = moments.Read();

        Assert.Equal(Math.Sqrt(50), read.Norm!.Value / unit, 1e-5);
        Assert.Equal(Math.Sqrt(12.5), read.Std!.Value / unit, 1e-5);
    }
}
