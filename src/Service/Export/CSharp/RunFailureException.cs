/// <summary>Training cannot go on for a reason that a person can act on.</summary>
internal sealed class RunFailureException(
    FailureClass failureClass, RunMessageCode code, string message, (string Name, object? Value)[] arguments, Exception? cause = null) : Exception(message, cause)
{
    public FailureClass Class => failureClass;
    public RunMessageCode Code => code;
    public IReadOnlyList<(string Name, object? Value)> Arguments => arguments;
}
