using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Training;

/// <summary>Training cannot go on for a reason that a person can act on. Ends as a <see cref="FailedEvent"/>.</summary>
internal sealed class RunFailureException(FailureClass failureClass, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Kind of failure.</summary>
    public FailureClass Class { get; } = failureClass;

    /// <summary>
    /// The failure behind an exception of the engine or the runtime: out of memory, or an engine that cannot be loaded; null: not one that is known,
    /// which is a defect.
    /// </summary>
    public static RunFailureException? From(Exception exception) => exception switch
    {
        RunFailureException failure => failure,
        OutOfMemoryException => OutOfMemory(exception),
        DllNotFoundException or BadImageFormatException => new RunFailureException(
            FailureClass.Unsupported, $"The tensor engine cannot be loaded: {exception.Message}", exception),
        TypeInitializationException { InnerException: { } inner } => From(inner),
        // The engine reports every native error as one exception type; only the text tells them apart.
        _ when exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) => OutOfMemory(exception),
        _ => null,
    };

    private static RunFailureException OutOfMemory(Exception exception) => new(
        FailureClass.OutOfMemory,
        $"Memory ran out. Try a smaller batchSize or a smaller network. ({exception.Message.Split('\n')[0].Trim()})",
        exception);
}
