namespace Trainyard.Trainer.Commands;

/// <summary>Exit codes of the trainer. Anything else is a crash.</summary>
internal static class ExitCode
{
    /// <summary>Training is complete.</summary>
    public const int Finished = 0;

    /// <summary>A failed event was written.</summary>
    public const int Failed = 1;

    /// <summary>Bad arguments or an invalid spec; standard error says which.</summary>
    public const int Usage = 2;

    /// <summary>Stopped on request, after a checkpoint.</summary>
    public const int Stopped = 10;

    /// <summary>A defect of the trainer; standard error has the details.</summary>
    public const int Defect = 70;
}
