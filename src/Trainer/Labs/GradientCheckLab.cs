using Trainyard.Specs.Labs;

namespace Trainyard.Trainer.Labs;

/// <summary>The numerical gradient against backpropagation.</summary>
internal sealed class GradientCheckLab(GradientCheckRequest request, TimeProvider clock)
{
    private const double Tolerance = 1e-6;
    private const int Repeats = 3;

    public GradientCheckResult Run()
    {
        var subjects = new GradientSubjects(request.Seed);
        List<GradientCheckEntry> entries = [.. subjects.All().Select(Check)];
        return new GradientCheckResult
        {
            Tolerance = Tolerance,
            LargestError = entries.Max(entry => entry.RelativeError),
            Entries = entries,
            Steps = [.. Enumerable.Range(1, 12).Select(exponent => Compare(subjects.DenseTanh("dense", "tanh"), Math.Pow(10, -exponent)))],
        };
    }

    private GradientCheckEntry Check(CheckedGradient subject)
    {
        using var scope = NewDisposeScope();
        var analytic = Backpropagated(subject);
        double[] numeric = [];
        var numericTime = Fastest(() => numeric = Numerical(subject, request.Step));
        var backwardTime = Fastest(subject.Backward);
        var error = RelativeError(analytic, numeric);
        return new GradientCheckEntry
        {
            Subject = subject.Subject,
            Name = subject.Name,
            Settings = subject.Settings,
            Values = analytic.Length,
            RelativeError = error,
            Passed = error < Tolerance,
            BackpropagationSeconds = backwardTime.TotalSeconds,
            NumericalSeconds = numericTime.TotalSeconds,
        };
    }

    // Of a few times: the first of a kind is slower, since the engine allocates, and the machine has other work.
    private TimeSpan Fastest(Action action) => Enumerable.Range(0, Repeats).Min(_ =>
    {
        var began = clock.GetTimestamp();
        action();
        return clock.GetElapsedTime(began);
    });

    private static StepError Compare(CheckedGradient subject, double step)
    {
        using var scope = NewDisposeScope();
        var analytic = Backpropagated(subject);
        return new StepError
        {
            Step = step,
            Central = RelativeError(analytic, Numerical(subject, step)),
            Forward = RelativeError(analytic, Numerical(subject, step, oneSided: true)),
        };
    }

    private static double[] Backpropagated(CheckedGradient subject)
    {
        subject.Backward();
        return [.. subject.Targets.SelectMany(target => target.grad!.contiguous().reshape(-1).data<double>().ToArray())];
    }

    // (f(x + h) - f(x - h)) / 2h for each value of each target; or (f(x + h) - f(x)) / h.
    private static double[] Numerical(CheckedGradient subject, double step, bool oneSided = false)
    {
        using var _ = no_grad();
        var result = new List<double>();
        var here = oneSided ? subject.Loss().item<double>() : 0;
        foreach (var target in subject.Targets)
        {
            var original = target.detach().clone().contiguous();
            var values = original.reshape(-1).data<double>().ToArray();
            for (var index = 0; index < values.Length; index++)
            {
                var above = LossAt(index, step);
                result.Add(oneSided ? (above - here) / step : (above - LossAt(index, -step)) / (2 * step));
            }

            target.copy_(original);

            double LossAt(int index, double shift)
            {
                using var inner = NewDisposeScope();
                var shifted = (double[])values.Clone();
                shifted[index] += shift;
                target.copy_(tensor(shifted).reshape(original.shape));
                return subject.Loss().item<double>();
            }
        }

        return [.. result];
    }

    // The largest difference, by the largest value of either gradient.
    private static double RelativeError(double[] analytic, double[] numeric)
    {
        var scale = analytic.Concat(numeric).Max(Math.Abs) + 1e-12;
        return analytic.Zip(numeric, (a, n) => Math.Abs(a - n)).Max() / scale;
    }
}
