using Trainyard.Specs.Labs;

namespace Trainyard.Trainer.Labs;

/// <summary>Answers the request of a lab. Every tensor is float64, and every optimizer and layer is the one that trains networks.</summary>
internal static class LabRunner
{
    // request: A checked one of LabDefinition.Read.
    public static object Run(object request, TimeProvider clock)
    {
        using var scope = NewDisposeScope();
        return request switch
        {
            BackpropRequest backprop => BackpropLab.Run(backprop),
            GradientCheckRequest check => new GradientCheckLab(check, clock).Run(),
            OptimizerPathsRequest paths => OptimizerPathsLab.Run(paths),
            AdamBiasRequest bias => AdamBiasLab.Run(bias),
            ConvolutionRequest convolution => ConvolutionLab.Run(convolution),
            _ => throw new ArgumentException($"The trainer has no lab for {request.GetType().Name}.", nameof(request)),
        };
    }
}
