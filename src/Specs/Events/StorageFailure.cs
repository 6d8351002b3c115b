namespace Trainyard.Specs.Events;

/// <summary>Failures of the disk that have a message of their own.</summary>
public static class StorageFailure
{
    // errno on Linux and macOS: ENOSPC; EDQUOT of each.
    private static readonly int[] FullOnUnix = [28, 122, 69];

    // ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.
    private static readonly int[] FullOnWindows = [unchecked((int)0x80070027), unchecked((int)0x80070070)];

    /// <summary>The message about a file that could not be written; its arguments are <c>path</c> and <c>detail</c>.</summary>
    public static RunMessageCode CodeOf(Exception exception) =>
        (OperatingSystem.IsWindows() ? FullOnWindows : FullOnUnix).Contains(exception.HResult) ? RunMessageCode.DiskFull : RunMessageCode.FileNotWritable;
}
