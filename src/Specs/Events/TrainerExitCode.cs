namespace Trainyard.Specs.Events;

/// <summary>Exit codes of the trainer. Any other is a crash.</summary>
public static class TrainerExitCode
{
    /// <summary>Training is complete.</summary>
    public const int Finished = 0;

    /// <summary>Training failed; the last event has the reason.</summary>
    public const int Failed = 1;

    /// <summary>Invalid arguments; see standard error.</summary>
    public const int Usage = 2;

    /// <summary>Stopped on request, after a checkpoint.</summary>
    public const int Stopped = 10;

    /// <summary>Another trainer held the output folder for too long; nothing was done.</summary>
    public const int FolderLocked = 11;

    /// <summary>The lease of its worker ended; it ended at once, without a checkpoint.</summary>
    public const int LeaseExpired = 12;

    /// <summary>The spec is invalid, or the checkpoint or the weights to start from do not fit it; see standard error.</summary>
    public const int InvalidInput = 65;

    /// <summary>The spec cannot be read; see standard error.</summary>
    public const int NoInput = 66;

    /// <summary>Unexpected error; see standard error.</summary>
    public const int UnexpectedError = 70;

    /// <summary>Training failed because a file cannot be written: the output folder, the disk or the folder of datasets; the last event has the reason.</summary>
    public const int NotWritable = 73;

    /// <summary>Events cannot be written to standard output.</summary>
    public const int OutputNotWritable = 74;
}
