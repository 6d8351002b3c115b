using System.Runtime.InteropServices;

namespace Trainyard.Specs.Schedules;

/// <summary>What a plateau schedule has seen so far.</summary>
/// <param name="Best">Best value of the metric; null before the first epoch.</param>
/// <param name="EpochsWithoutImprovement">Epochs since the best value or the last fall.</param>
/// <param name="Factor">The factor in force.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PlateauState(double? Best, int EpochsWithoutImprovement, double Factor);
