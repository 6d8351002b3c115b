using Trainyard.Specs.Catalog;
using Trainyard.Specs.Labs;

namespace Trainyard.Trainer.Labs;

/// <summary>Adam's first steps with and without bias correction.</summary>
internal static class AdamBiasLab
{
    public static AdamBiasResult Run(AdamBiasRequest request) => new()
    {
        Curves = [Walk(request, biasCorrection: true), Walk(request, biasCorrection: false)],
        Theory =
        [
            .. Enumerable.Range(1, request.Steps).Select(step => (1 - Math.Pow(request.Beta1, step)) / Math.Sqrt(1 - Math.Pow(request.Beta2, step))),
        ],
    };

    private static AdamCurve Walk(AdamBiasRequest request, bool biasCorrection)
    {
        var defaults = TechniqueCatalog.Default(TechniqueKind.Optimizer, "adam");
        var adam = new TechniqueChoice("adam", new Dictionary<string, ParameterValue>(defaults.Parameters, StringComparer.Ordinal)
        {
            ["learningRate"] = request.LearningRate,
            ["beta1"] = request.Beta1,
            ["beta2"] = request.Beta2,
            ["biasCorrection"] = biasCorrection,
        });
        var (x, y, values, _) = PlaneWalk.Run(request.Expression, request.Start, adam, request.Steps);
        return new AdamCurve { BiasCorrection = biasCorrection, StepX = Lengths(x), StepY = Lengths(y), Value = values };

        List<double> Lengths(List<double> path) => [.. path.Skip(1).Zip(path, (to, from) => Math.Abs(to - from) / request.LearningRate)];
    }
}
