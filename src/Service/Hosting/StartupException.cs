namespace Trainyard.Service.Hosting;

/// <summary>The service cannot start for a reason that a person can remove; the message is all that is printed.</summary>
internal sealed class StartupException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong and what to do, in one line.</param>
    public StartupException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public StartupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception without an explanation.</summary>
    public StartupException()
        : this("The service cannot start.")
    {
    }
}
