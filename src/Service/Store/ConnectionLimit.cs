using Npgsql;

namespace Trainyard.Service.Store;

/// <summary>Whether the server allows the connections that this process may open.</summary>
internal static class ConnectionLimit
{
    // StoreWatch has a connection of its own.
    private const int OutsideThePool = 1;

    // The server's limit without those that it reserves, the database's and the account's; and the connections of everybody else.
    private const string Limits =
        """
        select
            least(
                current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                    - coalesce(current_setting('reserved_connections', true)::int, 0),
                nullif(datconnlimit, -1), nullif(rolconnlimit, -1)),
            (select greatest(coalesce(sum(numbackends), 0) - 1, 0)::int from pg_stat_database)
        from pg_database, pg_roles where datname = current_database() and rolname = current_user
        """;

    /// <summary>What is wrong with the size of the pool; null if nothing is. Call it before the pool is used: its own connections would count as those of others.</summary>
    public static async Task<string?> FindShortageAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var wanted = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).MaxPoolSize + OutsideThePool;
        await using var command = dataSource.CreateCommand(Limits);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (allowed, others) = (reader.GetInt32(0), reader.GetInt32(1));
        return wanted + others <= allowed ? null
            : $"This process may open {wanted} connections, PostgreSQL allows {allowed}, and others have opened {others} now: under load, requests will wait or be refused. "
                + "Set a smaller 'Maximum Pool Size' in ConnectionStrings__Postgres, or raise max_connections of the server.";
    }
}
