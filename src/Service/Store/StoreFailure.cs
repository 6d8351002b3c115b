using Npgsql;

namespace Trainyard.Service.Store;

/// <summary>Distinguishes a temporarily unavailable database from other failures.</summary>
internal static class StoreFailure
{
    /// <summary>Whether an exception, or one that caused it, means that the server cannot be reached now.</summary>
    public static bool IsUnavailable(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            switch (exception)
            {
                // Class 57P: the server starts or stops; 08: the connection broke; 53300: too many connections.
                case PostgresException { SqlState: var state }:
                    return state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal)
                        || state == PostgresErrorCodes.TooManyConnections;
                case NpgsqlException { IsTransient: true }:
                case NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException }:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }
}
