namespace Trainyard.Trainer.Diagnosis;

/// <summary>|update| / |weights| of a layer in one step.</summary>
internal static class UpdateRatio
{
    /// <summary>Karpathy's rule of thumb (CS231n, "Babysitting the learning process"): a ratio about this is right.</summary>
    public const double Healthy = 1e-3;
}
