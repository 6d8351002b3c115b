using Npgsql;

namespace Trainyard.Service.Store;

/// <summary>Distinguishes a temporarily unavailable database from other failures.</summary>
internal static class StoreFailure
{
    // Classes of SQLSTATE that say nothing about the statement: the server cannot execute it now, and nothing was changed.
    private static readonly string[] Unavailable =
    [
        "08", // the connection broke
        "53", // disk full, out of memory, too many connections
        "57P", // the server starts, stops or recovers from a crash
        "58", // input or output of the server failed
        PostgresErrorCodes.ReadOnlySqlTransaction, // a standby, or a server that was set to read-only
    ];

    /// <summary>How often a statement is sent that loses against concurrent ones.</summary>
    public const int MaxTries = 5;

    /// <summary>Whether an exception, or one that caused it, means that the server cannot be reached or cannot do what was asked now.</summary>
    public static bool IsUnavailable(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            switch (exception)
            {
                case PostgresException { SqlState: var state }:
                    return IsConflict(state) || Unavailable.Any(prefix => state.StartsWith(prefix, StringComparison.Ordinal));
                case NpgsqlException { IsTransient: true }:
                case NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException }:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>Whether the transaction lost against a concurrent one, so that the same statement succeeds when it is repeated.</summary>
    public static bool IsConflict(Exception exception) => exception.GetBaseException() is PostgresException { SqlState: var state } && IsConflict(state);

    private static bool IsConflict(string state) => state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
