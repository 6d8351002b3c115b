using EvolveDb;
using EvolveDb.Dialect;
using Npgsql;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Store;

// Applies the SQL files of migrations/: each once, in order, in a transaction of its own, under an advisory lock. Evolve records name and checksum of every
// applied file in the table migrations.
internal static class Schema
{
    /// <summary>Applies pending migrations after checking that the applied ones are unchanged.</summary>
    /// <exception cref="StartupException">An applied file was changed, or is unknown to this build.</exception>
    public static void Migrate(NpgsqlDataSource dataSource, Action<string> log)
    {
        using var connection = dataSource.CreateConnection();
        var evolve = new Evolve(connection, log, DBMS.PostgreSQL)
        {
            EmbeddedResourceAssemblies = [typeof(Schema).Assembly],
            EmbeddedResourceFilters = ["migrations."],
            MetadataTableName = "migrations",
            IsEraseDisabled = true,
            // A migration may have to rewrite a large table.
            CommandTimeout = 3600,
        };
        try
        {
            evolve.Migrate();
            evolve.Validate();
        }
        catch (EvolveSqlException exception) when (exception.InnerException is InvalidOperationException)
        {
            // After a lost connection, Evolve fails to unlock, and that hides the first failure.
            throw new NpgsqlException($"The connection was lost during a migration: {exception.InnerException.Message}", new IOException(exception.Message, exception));
        }
        catch (EvolveValidationException exception)
        {
            throw new StartupException(
                $"The database was migrated by another build: {exception.Message.ReplaceLineEndings(" ")} "
                + "Restore migrations that were changed or removed, or start the version that used this database last.",
                exception);
        }
    }
}
