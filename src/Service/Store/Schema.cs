using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Store;

/// <summary>
/// Brings a database up to the newest migration: every file once, in order. An advisory lock around the whole makes nodes that start
/// together wait for each other (EF Core's own lock is taken on the history table, which has to be made first).
/// </summary>
internal sealed partial class Schema(RunsDbContext context, NpgsqlDataSource dataSource, ILogger<Schema> logger)
{
    // The bytes of "trainyar": a key that no other application of the database is likely to use.
    private const long LockKey = 0x747261696e796172;

    /// <summary>Applies what is missing, after checking that what was applied is unchanged.</summary>
    /// <exception cref="StartupException">A file changed after it was applied, or the database is from a newer version.</exception>
    public async Task UpdateAsync(CancellationToken cancellationToken)
    {
        RequireClassPerFile();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            await RequireUnchangedAsync(connection, cancellationToken);
            var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count > 0)
            {
                LogMigrating(pending);
                // A migration may have to read every run of a large store.
                context.Database.SetCommandTimeout(TimeSpan.FromHours(1));
                await context.Database.MigrateAsync(cancellationToken);
            }
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private void RequireClassPerFile()
    {
        var classes = context.GetService<IMigrationsAssembly>().Migrations.Keys;
        var files = SqlFile.Embedded.Select(file => file.Name).ToList();
        if (!classes.Order(StringComparer.Ordinal).SequenceEqual(files, StringComparer.Ordinal))
        {
            throw new InvalidOperationException(
                $"migrations/ holds {string.Join(", ", files)}, but Store/Migrations.cs lists {string.Join(", ", classes)}.");
        }
    }

    private static async Task RequireUnchangedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var (name, sha256) in await AppliedAsync(connection, cancellationToken))
        {
            var file = SqlFile.Embedded.FirstOrDefault(file => file.Name == name)
                ?? throw new StartupException(
                    $"The database has migration {name}, which this build does not know: it was used by a newer version. Start that version or newer.");
            if (file.Sha256 != sha256)
            {
                throw new StartupException(
                    $"migrations/{name}.sql changed after it was applied to this database (SHA-256 {sha256[..12]} then, {file.Sha256[..12]} now). "
                    + "Restore the file and put the change into a new one.");
            }
        }
    }

    private static async Task<List<(string Name, string Sha256)>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('schema_files') is not null", connection);
        List<(string, string)> applied = [];
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return applied;
        }

        await using var command = new NpgsqlCommand("select name, sha256 from schema_files order by name", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add((reader.GetString(0), reader.GetString(1)));
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applying migrations: {Names}")]
    private partial void LogMigrating(IEnumerable<string> names);
}
