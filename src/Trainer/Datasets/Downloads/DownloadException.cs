namespace Trainyard.Trainer.Datasets.Downloads;

/// <summary>An address did not give the file; another one may.</summary>
internal sealed class DownloadException(string message, Exception? cause = null) : Exception(message, cause);
