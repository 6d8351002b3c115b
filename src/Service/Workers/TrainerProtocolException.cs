namespace Trainyard.Service.Workers;

/// <summary>A trainer wrote invalid output; nothing that follows can be trusted.</summary>
internal sealed class TrainerProtocolException(string message, Exception? innerException = null) : Exception(message, innerException);
