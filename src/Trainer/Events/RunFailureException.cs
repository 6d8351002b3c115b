using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Events;

/// <summary>Training cannot continue, for a reason that the user can act on. Ends the run with a <see cref="FailedEvent"/>.</summary>
internal sealed class RunFailureException(
    FailureClass failureClass, RunMessageCode code, (string Name, object? Value)[] arguments, Exception? cause = null)
    : Exception(RunMessageText.From(code, MessageArguments.From(arguments)), cause)
{
    public FailureClass Class { get; } = failureClass;

    public RunMessageCode Code { get; } = code;

    public IReadOnlyList<(string Name, object? Value)> Arguments { get; } = arguments;

    public FailedEvent ToEvent() => FailedEvent.From(Class, Code, [.. Arguments]);

    // The failure behind an exception of the engine or the runtime: out of memory, or an engine that cannot be loaded. Null for any other, which is unexpected.
    public static RunFailureException? From(Exception exception) => exception switch
    {
        RunFailureException failure => failure,
        OutOfMemoryException => OutOfMemory(exception),
        DllNotFoundException or BadImageFormatException => new RunFailureException(
            FailureClass.Unsupported, RunMessageCode.EngineNotLoaded, [("detail", exception.Message)], exception),
        TypeInitializationException { InnerException: { } inner } => From(inner),
        // The engine reports every native error as one exception type; only the text distinguishes them.
        _ when exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) => OutOfMemory(exception),
        _ => null,
    };

    private static RunFailureException OutOfMemory(Exception exception) => new(
        FailureClass.OutOfMemory, RunMessageCode.OutOfMemory, [("detail", exception.Message.Split('\n')[0].Trim())], exception);
}
