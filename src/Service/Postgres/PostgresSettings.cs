namespace Trainyard.Service.Postgres;

/// <summary>Settings of the private server: one client program, small memory, full durability.</summary>
internal static class PostgresSettings
{
    /// <summary>Settings by name.</summary>
    /// <param name="socketFolder">The only place where the server listens.</param>
    public static Dictionary<string, string> For(string socketFolder) => new(StringComparer.Ordinal)
    {
        ["listen_addresses"] = "",
        ["unix_socket_directories"] = $"\"{socketFolder.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        ["unix_socket_permissions"] = "0700",
        ["max_connections"] = "60",
        ["shared_buffers"] = "32MB",
        ["work_mem"] = "4MB",
        ["maintenance_work_mem"] = "32MB",
        ["effective_cache_size"] = "512MB",
        ["huge_pages"] = "off",
        // Nobody replicates it: less write-ahead log.
        ["wal_level"] = "minimal",
        ["max_wal_senders"] = "0",
        ["min_wal_size"] = "64MB",
        ["max_wal_size"] = "256MB",
        // Queries are short; parallel workers and compiled queries would only cost memory.
        ["max_parallel_workers_per_gather"] = "0",
        ["jit"] = "off",
        ["timezone"] = "UTC",
        ["log_timezone"] = "UTC",
        ["log_destination"] = "stderr",
        ["logging_collector"] = "off",
        ["log_line_prefix"] = "",
    };
}
