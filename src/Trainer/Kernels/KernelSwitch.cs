namespace Trainyard.Trainer.Kernels;

/// <summary>Turns the kernels off, for measurements (bench/kernels/README.md).</summary>
internal static class KernelSwitch
{
    private const string Variable = "TRAINYARD_KERNELS";

    /// <summary>False with the value <c>off</c> of the environment variable: torch's operations compute layers and loss.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable(Variable) != "off";
}
