namespace Trainyard.Trainer.Training;

/// <summary>How an attempt ended.</summary>
internal enum RunEnd
{
    /// <summary>All epochs are done.</summary>
    Finished,

    /// <summary>It failed; the last event is the failure.</summary>
    Failed,

    /// <summary>It stopped on request, with a checkpoint.</summary>
    Stopped,
}
