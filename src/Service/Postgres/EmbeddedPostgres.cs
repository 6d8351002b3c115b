using Npgsql;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>
/// A private PostgreSQL: made, started, watched and stopped with the service. It listens on a socket in a folder that only its user can
/// enter, which is why it trusts who connects.
/// </summary>
internal sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private const string UserName = "trainyard";
    private const string DatabaseName = "trainyard";

    private readonly EmbeddedPostgresOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly string cluster;
    private readonly string socketFolder;
    private readonly CancellationTokenSource stopping = new();

    private FileStream? folderLock;
    private PostgresBinaries? binaries;
    private PostgresAccount? account;
    private PostgresProcess? server;
    private Task supervisor = Task.CompletedTask;

    /// <summary>Describes a server; <see cref="StartAsync"/> starts it.</summary>
    public EmbeddedPostgres(EmbeddedPostgresOptions options, TimeProvider clock, ILogger<EmbeddedPostgres> logger)
    {
        this.options = options;
        this.clock = clock;
        this.logger = logger;
        cluster = Path.Combine(options.Folder, "cluster");
        socketFolder = SocketFolder.For(options.Folder);
    }

    /// <summary>Connection string of the service's database; good before the server runs.</summary>
    public string ConnectionString => Connection(DatabaseName).ConnectionString;

    /// <summary>Process id of the server that runs now.</summary>
    public int ProcessId => server?.Id ?? throw new InvalidOperationException("The server does not run.");

    /// <summary>Makes the cluster when there is none, starts the server, and makes the database when there is none.</summary>
    /// <exception cref="StartupException">It cannot be started, for a reason that a person can remove.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            account = await PostgresAccount.ChooseAsync(cluster, cancellationToken);
            await account.MakePrivateFolderAsync(options.Folder, cancellationToken);
            LockFolder();
            var versionFile = Path.Combine(cluster, "PG_VERSION");
            var major = File.Exists(versionFile) ? (await File.ReadAllTextAsync(versionFile, cancellationToken)).Trim() : null;
            binaries = await PostgresBinaries.FindAsync(major, cancellationToken);
            if (major is null)
            {
                await ClusterMaker.MakeAsync(binaries, account, cluster, UserName, cancellationToken);
            }

            await LaunchAsync(cancellationToken);
            await EnsureDatabaseAsync(cancellationToken);
            supervisor = SuperviseAsync(stopping.Token);
        }
        catch (UnauthorizedAccessException problem)
        {
            await StopAsync(CancellationToken.None);
            throw new StartupException(
                $"{options.Folder} belongs to another user than '{Environment.UserName}': start the service as the user that made it, or set DATA_DIR to another folder.",
                problem);
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Stops the server in order and frees the folder. May be called twice.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _ = cancellationToken; // A server must not be left behind, whatever the hurry: PostgresProcess bounds the wait.
        await stopping.CancelAsync();
        await supervisor;
        if (server is not null)
        {
            await server.StopAsync(clock);
            LogStopped();
            server.Dispose();
            server = null;
        }

        if (folderLock is not null)
        {
            if (!socketFolder.StartsWith(options.Folder, StringComparison.Ordinal) && Directory.Exists(socketFolder))
            {
                Directory.Delete(socketFolder, recursive: true);
            }

            await folderLock.DisposeAsync();
            folderLock = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        stopping.Dispose();
    }

    private void LockFolder()
    {
        var file = Path.Combine(options.Folder, "service.lock");
        try
        {
            folderLock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (File.Exists(file))
        {
            throw new StartupException(
                $"Another service uses the private PostgreSQL in {options.Folder}: stop it, or set DATA_DIR to another folder.", problem);
        }
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        await StaleServer.ClearAsync(cluster, clock, cancellationToken);
        await SocketFolder.PrepareAsync(socketFolder, account!, cancellationToken);
        var settings = PostgresSettings.For(socketFolder);
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        var command = account!.Wrap(
            [binaries!.Server, "-D", cluster, .. settings.SelectMany(setting => (string[])["-c", $"{setting.Key}={setting.Value}"])], endsWithParent: true);
        var began = clock.GetTimestamp();
        var started = await PostgresProcess.StartAsync(command, OnLine);
        server?.Dispose();
        server = started;
        try
        {
            await WaitUntilReadyAsync(server, began, cancellationToken);
        }
        catch
        {
            await server.StopAsync(clock);
            throw;
        }

        var took = clock.GetElapsedTime(began);
        LogStarted(cluster, server.Id, took);
    }

    private async Task WaitUntilReadyAsync(PostgresProcess process, long began, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connection("postgres").ConnectionString);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException problem)
            {
                if (process.Exited.IsCompleted)
                {
                    throw new StartupException($"PostgreSQL ended with exit code {process.ExitCode} while starting: {process.LastLines}", problem);
                }

                if (clock.GetElapsedTime(began) > options.StartTimeout)
                {
                    throw new StartupException(
                        $"PostgreSQL was not ready after {options.StartTimeout.TotalSeconds:0} s: {problem.Message} {process.LastLines}", problem);
                }
            }

            await Task.WhenAny(process.Exited, Task.Delay(TimeSpan.FromMilliseconds(25), clock, cancellationToken));
        }
    }

    private async Task EnsureDatabaseAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres").ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection);
        exists.Parameters.Add(new() { Value = DatabaseName });
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            await using var create = new NpgsqlCommand($"create database {DatabaseName}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // A server that ends by itself (killed, out of memory) is started again, slower each time it fails.
    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(server!.Exited, Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken));
            for (var pause = TimeSpan.FromMilliseconds(200); !cancellationToken.IsCancellationRequested && server.Exited.IsCompleted;)
            {
                try
                {
                    LogDied(server.Id, server.ExitCode);
                    await LaunchAsync(cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return;
                }
#pragma warning disable CA1031 // Whatever went wrong, the next try may succeed, and nobody else restarts the server.
                catch (Exception problem)
#pragma warning restore CA1031
                {
                    LogRestartFailed(problem, pause.TotalSeconds);
                    await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    pause = TimeSpan.FromSeconds(Math.Min(10, pause.TotalSeconds * 2));
                }
            }
        }
    }

    private NpgsqlConnectionStringBuilder Connection(string database) =>
        new() { Host = socketFolder, Username = UserName, Database = database, Pooling = database == DatabaseName };

    private void OnLine(string line)
    {
        // Being asked too early is part of a start.
        var early = line.EndsWith("the database system is starting up", StringComparison.Ordinal);
        if (!early && (line.StartsWith("FATAL", StringComparison.Ordinal) || line.StartsWith("PANIC", StringComparison.Ordinal) || line.StartsWith("WARNING", StringComparison.Ordinal)))
        {
            LogServerProblem(line);
        }
        else
        {
            LogServerLine(line);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL serves {Cluster} (process {ProcessId}), ready after {Took}")]
    private partial void LogStarted(string cluster, int processId, TimeSpan took);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL stopped")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL (process {ProcessId}) ended by itself with exit code {ExitCode}; starting it again")]
    private partial void LogDied(int processId, int exitCode);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL could not be started again; next try in {Seconds:0.0} s")]
    private partial void LogRestartFailed(Exception problem, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL: {Line}")]
    private partial void LogServerProblem(string line);

    [LoggerMessage(Level = LogLevel.Debug, Message = "PostgreSQL: {Line}")]
    private partial void LogServerLine(string line);
}
