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
        "25P03", // idle_in_transaction_session_timeout: this process stood still for longer than the server waits
        PostgresErrorCodes.ReadOnlySqlTransaction, // a standby, or a server that was set to read-only
    ];

    // How often a statement is sent that loses against concurrent ones.
    private const int MaxTries = 5;

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

    /// <summary>Repeats a transaction that loses against concurrent ones; nothing was changed then.</summary>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> transaction)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await transaction();
            }
            catch (Exception exception)
                when (tries < MaxTries && exception.GetBaseException() is PostgresException { SqlState: var state } && IsConflict(state))
            {
            }
        }
    }

    private static bool IsConflict(string state) => state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
