using System.Runtime.InteropServices;

namespace Trainyard.Specs.Schedules;

/// <summary>How long training lasts.</summary>
/// <param name="Epochs">Epochs in all, at least 1.</param>
/// <param name="StepsPerEpoch">Updates per epoch, at least 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TrainingLength(int Epochs, int StepsPerEpoch)
{
    /// <summary>Updates in all.</summary>
    public long Steps => (long)Epochs * StepsPerEpoch;

    /// <summary>Updates in so many epochs, rounded.</summary>
    public long StepsIn(double epochs) => (long)Math.Round(epochs * StepsPerEpoch);
}
