namespace Trainyard.Service.Workers;

/// <summary>A trainer wrote something that is not its protocol; nothing that it says can be trusted any more.</summary>
internal sealed class TrainerProtocolException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What it wrote and what was due.</param>
    /// <param name="innerException">Why it could not be read.</param>
    public TrainerProtocolException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the exception.</summary>
    public TrainerProtocolException(string message)
        : this(message, null)
    {
    }

    /// <summary>Makes the exception without an explanation.</summary>
    public TrainerProtocolException()
        : this("The trainer broke its protocol.")
    {
    }
}
