using Trainyard.Trainer.Observation;

namespace Trainyard.Trainer.Tests.Observation;

public sealed class ValueSampleTests
{
    [Fact]
    public void Moments_ByHand_AreThoseOfTheWhole()
    {
        var (mean, std) = new ValueSample([1, 2, 3, 6]).Moments();
        Assert.Equal(3, mean);
        Assert.Equal(Math.Sqrt((4 + 1 + 0 + 9) / 4.0), std, 12);
    }

    [Fact]
    public void Shares_ByHand_CountZerosAndValuesOutside()
    {
        var sample = new ValueSample([0, -0f, 0.001f, -2, 3]);
        Assert.Equal(0.4, sample.ZeroShare());
        Assert.Equal(0.4, sample.ShareOutside(new SaturationRange(-1, 1)));
    }

    [Fact]
    public void Histogram_ByHand_PutsEachValueIntoItsBin()
    {
        var histogram = new ValueSample([0, 0.5f, 1, 63.5f, 64, float.NaN, float.PositiveInfinity]).Histogram()!;
        Assert.Equal((0, 64), (histogram.Min, histogram.Max));
        Assert.Equal(64, histogram.Counts.Count);
        Assert.Equal((2, 1, 2), (histogram.Counts[0], histogram.Counts[1], histogram.Counts[63]));
        Assert.Equal(5, histogram.Counts.Sum());
    }

    [Fact]
    public void Histogram_EqualValuesOrNone_IsOneBinOrNull()
    {
        Assert.Equal(3, new ValueSample([7, 7, 7]).Histogram()!.Counts[0]);
        Assert.Null(new ValueSample([float.NaN, float.NegativeInfinity]).Histogram());
    }

    [Theory]
    [InlineData(65_536, 64)]
    [InlineData(65_537, 64)]
    [InlineData(16_777_216, 64)]
    [InlineData(1_000_000, 30)]
    [InlineData(16_777_217, 1)]
    public void Step_AnySize_StaysWithinTheLimitAndMeetsAllChannelsEquallyOften(long count, int channels)
    {
        var step = ValueSample.Step(count, channels);
        Assert.InRange((count + step - 1) / step, 1, ValueSample.Limit);
        var met = new long[channels];
        for (long position = 0; position < count; position += step)
        {
            met[position % channels]++;
        }

        Assert.InRange(met.Max() - met.Min(), 0, 1);
    }

    [Fact]
    public void Of_LargeImages_SamplesEveryChannel()
    {
        using var scope = NewDisposeScope();
        // [8, 16, 64, 64] with channels last in memory; the value is the channel: 524,288 values.
        var values = arange(16, dtype: ScalarType.Float32).expand(8, 64, 64, 16).contiguous().permute(0, 3, 1, 2);
        var sample = ValueSample.Of(values);
        Assert.InRange(sample.Values.Length, ValueSample.Limit / 2, ValueSample.Limit);
        var counts = sample.Values.CountBy(value => value).ToDictionary();
        Assert.Equal(16, counts.Count);
        Assert.InRange(counts.Values.Max() - counts.Values.Min(), 0, 1);
    }

    [Fact]
    public void Of_SmallTensors_TakesAllValues()
    {
        using var scope = NewDisposeScope();
        var sample = ValueSample.Of([tensor(new[] { 1f, 2, 3, 4 }).reshape(2, 2).t(), tensor(new[] { 5f }).to_type(ScalarType.BFloat16)]);
        Assert.Equal([1, 2, 3, 4, 5], sample.Values.Order());
    }
}
