/// <summary>Training cannot go on for a reason that a person can act on.</summary>
internal sealed class RunFailureException(FailureClass failureClass, string message, Exception? cause = null) : Exception(message, cause)
{
    public FailureClass Class => failureClass;
}
