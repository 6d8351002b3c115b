using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Events;

/// <summary>Training cannot go on for a reason that a person can act on. Ends as a <see cref="FailedEvent"/>.</summary>
/// <param name="failureClass">Kind of failure.</param>
/// <param name="code">What the message says.</param>
/// <param name="message">What happened and what to do about it, in English.</param>
/// <param name="arguments">What the message is made with.</param>
/// <param name="cause">The exception behind it.</param>
internal sealed class RunFailureException(
    FailureClass failureClass, RunMessageCode code, string message, (string Name, object? Value)[] arguments, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Kind of failure.</summary>
    public FailureClass Class { get; } = failureClass;

    /// <summary>What the message says.</summary>
    public RunMessageCode Code { get; } = code;

    /// <summary>What the message is made with.</summary>
    public IReadOnlyList<(string Name, object? Value)> Arguments { get; } = arguments;

    /// <summary>The event that ends the run.</summary>
    public FailedEvent ToEvent() => new() { Class = Class, Code = Code, Arguments = Specs.Json.MessageArguments.Of([.. Arguments]), Message = Message };

    /// <summary>
    /// The failure behind an exception of the engine or the runtime: out of memory, or an engine that cannot be loaded; null: not one that is known,
    /// which is a defect.
    /// </summary>
    public static RunFailureException? From(Exception exception) => exception switch
    {
        RunFailureException failure => failure,
        OutOfMemoryException => OutOfMemory(exception),
        DllNotFoundException or BadImageFormatException => new RunFailureException(
            FailureClass.Unsupported, RunMessageCode.EngineNotLoaded, $"The tensor engine cannot be loaded: {exception.Message}", [("detail", exception.Message)], exception),
        TypeInitializationException { InnerException: { } inner } => From(inner),
        // The engine reports every native error as one exception type; only the text tells them apart.
        _ when exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) => OutOfMemory(exception),
        _ => null,
    };

    private static RunFailureException OutOfMemory(Exception exception) => new(
        FailureClass.OutOfMemory,
        RunMessageCode.MemoryRanOut,
        $"Memory ran out. Try a smaller batchSize or a smaller network. ({FirstLine(exception)})",
        [("detail", FirstLine(exception))],
        exception);

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].Trim();
}
