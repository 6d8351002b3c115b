using System.Text;
using Npgsql;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>Where the private server keeps its files.</summary>
internal sealed record EmbeddedPostgresOptions
{
    /// <summary>Absolute path of the folder that holds cluster, socket, log and lock file; created when it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Server settings that replace or extend the defaults.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

// A private PostgreSQL: created with initdb, started and stopped with pg_ctl, restarted when it ends unexpectedly. It listens on a Unix socket in a folder that
// only its user can enter, which is why it trusts every connection. A server that a killed service left running is stopped by the next start.
internal sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private const string UserName = "trainyard";

    // sockaddr_un.sun_path has 108 bytes on Linux and 104 on macOS, with a 0 at the end; PostgreSQL names the socket after its default port.
    private const int LongestSocketPath = 103;
    private const string SocketName = ".s.PGSQL.5432";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly EmbeddedPostgresOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly string cluster;
    private readonly string lockFile;
    private readonly string serverLog;
    private readonly string socketFolder;
    private readonly bool socketElsewhere;

    private FileStream? folderLock;
    private PostgresPrograms? programs;
    private PostgresAccount? account;
    private CancellationTokenSource stopping = new();
    private Task supervisor = Task.CompletedTask;

    public EmbeddedPostgres(EmbeddedPostgresOptions options, TimeProvider clock, ILogger<EmbeddedPostgres> logger)
    {
        this.options = options;
        this.clock = clock;
        this.logger = logger;
        cluster = Path.Combine(options.Folder, "cluster");
        lockFile = Path.Combine(cluster, "postmaster.pid");
        serverLog = Path.Combine(options.Folder, "server.log");
        socketFolder = Path.Combine(options.Folder, "socket");
        // Npgsql takes a comma for a list of hosts.
        socketElsewhere = socketFolder.Contains(',') || Encoding.UTF8.GetByteCount(Path.Combine(socketFolder, SocketName)) > LongestSocketPath;
        socketFolder = socketElsewhere ? Directory.CreateTempSubdirectory("trainyard-").FullName : socketFolder;
        // The cluster serves one program, which uses the database that every cluster has.
        ConnectionString = new NpgsqlConnectionStringBuilder { Host = socketFolder, Username = UserName, Database = "postgres" }.ConnectionString;
    }

    /// <summary>Connection string of the service's database; known before the server runs.</summary>
    public string ConnectionString { get; }

    public int ProcessId => int.Parse(File.ReadLines(lockFile).First());

    /// <summary>Creates the cluster if there is none, and starts the server.</summary>
    /// <exception cref="StartupException">It cannot be started; the message has the cause.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Folder.AsSpan().ContainsAny("\"$`\\"))
        {
            throw new StartupException($"pg_ctl cannot use {options.Folder}, which contains one of \" $ ` \\: set DATA_DIR to another folder.");
        }

        try
        {
            account = await PostgresAccount.ChooseAsync(cluster, cancellationToken);
            await account.CreatePrivateFolderAsync(options.Folder, cancellationToken);
            LockFolder();
            var versionFile = Path.Combine(cluster, "PG_VERSION");
            var major = File.Exists(versionFile) ? (await File.ReadAllTextAsync(versionFile, cancellationToken)).Trim() : null;
            programs = await PostgresPrograms.FindAsync(major, cancellationToken);
            if (major is null)
            {
                await CreateClusterAsync(cancellationToken);
            }

            await StartServerAsync();
            stopping = new CancellationTokenSource();
            supervisor = SuperviseAsync(stopping.Token);
        }
        catch (UnauthorizedAccessException exception)
        {
            await StopAsync();
            throw new StartupException(
                $"{options.Folder} belongs to another user than '{Environment.UserName}': start the service as its owner, or set DATA_DIR to another folder.",
                exception);
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Stops the server and unlocks the folder. May be called twice.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await supervisor;
        if (folderLock is not null)
        {
            if (programs is not null && await IsRunningAsync())
            {
                await StopServerAsync();
                LogStopped();
            }

            await folderLock.DisposeAsync();
            folderLock = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stopping.Dispose();
        if (socketElsewhere && Directory.Exists(socketFolder))
        {
            Directory.Delete(socketFolder, recursive: true);
        }
    }

    private void LockFolder()
    {
        var file = Path.Combine(options.Folder, "service.lock");
        try
        {
            folderLock = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(file))
        {
            throw new StartupException(
                $"Another service uses the private PostgreSQL in {options.Folder}: stop it, or set DATA_DIR to another folder.", exception);
        }
    }

    // Under another name first, so that an interrupted start leaves no cluster that looks complete.
    private async Task CreateClusterAsync(CancellationToken cancellationToken)
    {
        var unfinished = cluster + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // Code-point order and UTF-8, whatever the language of the machine; older systems have no C.UTF-8.
        string[] command =
            [programs!.InitDb, "--pgdata", unfinished, "--username", UserName, "--auth=trust", "--encoding=UTF8", "--data-checksums", "--no-instructions"];
        var (code, output) = await account!.RunAsync([.. command, "--locale=C.UTF-8"], cancellationToken);
        if (code != 0)
        {
            (code, output) = await account.RunAsync([.. command, "--locale=C"], cancellationToken);
        }

        if (code != 0)
        {
            throw new StartupException($"initdb failed in {unfinished} with exit code {code}: {OneLine(output)}");
        }

        Directory.Move(unfinished, cluster);
    }

    // Not cancelled: a postmaster that pg_ctl has just forked would be left running. Crash recovery is bounded by max_wal_size.
    private async Task StartServerAsync()
    {
        if (await IsRunningAsync())
        {
            await StopServerAsync();
        }

        await account!.CreatePrivateFolderAsync(socketFolder, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(cluster, "postgresql.conf"), Configuration());
        File.Delete(serverLog);
        var began = clock.GetTimestamp();
        var (code, output) = await PgCtlAsync("start", "--log", serverLog, "--timeout=300");
        if (code != 0)
        {
            var lastLines = File.Exists(serverLog) ? await File.ReadAllLinesAsync(serverLog) : [];
            throw new StartupException($"PostgreSQL did not start: {OneLine(output)} | {OneLine(string.Join('\n', lastLines.TakeLast(5)))}");
        }

        var (processId, duration) = (ProcessId, clock.GetElapsedTime(began));
        LogStarted(cluster, processId, duration);
    }

    private async Task StopServerAsync()
    {
        var (code, output) = await PgCtlAsync("stop", "--mode=fast", "--timeout=20");
        if (code != 0)
        {
            (code, output) = await PgCtlAsync("stop", "--mode=immediate", "--timeout=10");
        }

        if (code != 0 && await IsRunningAsync())
        {
            throw new StartupException($"PostgreSQL (process {ProcessId}) in {cluster} does not stop: {OneLine(output)}");
        }
    }

    // A restarted machine or container may have given the recorded process id to another program, which pg_ctl would take for the server.
    private async Task<bool> IsRunningAsync()
    {
        if (OperatingSystem.IsLinux() && File.Exists(lockFile) && !LockFileNamesServer())
        {
            File.Delete(lockFile);
        }

        return (await PgCtlAsync("status")).ExitCode == 0;
    }

    private bool LockFileNamesServer()
    {
        try
        {
            return File.ReadAllText($"/proc/{ProcessId}/cmdline").Split('\0').Contains(cluster);
        }
        catch (Exception exception) when (exception is IOException or FormatException or InvalidOperationException)
        {
            // The process has ended, or the file is empty.
            return false;
        }
    }

    private Task<(int ExitCode, string Output)> PgCtlAsync(string command, params string[] arguments) =>
        account!.RunAsync([programs!.PgCtl, command, "--pgdata", cluster, .. arguments], CancellationToken.None);

    // The connection breaks when the server ends. Runs continue meanwhile: workers tolerate database outages.
    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Application Name=supervisor");
                await connection.OpenAsync(cancellationToken);
                pause = FirstPause;
                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException exception)
            {
                LogConnectionLost(exception.Message);
            }

            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            try
            {
                if (!await IsRunningAsync())
                {
                    await StartServerAsync();
                }
            }
#pragma warning disable CA1031 // Whatever failed, the next attempt may succeed, and nothing else restarts the server.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogRestartFailed(exception, pause.TotalSeconds);
            }
        }
    }

    // One client program, small memory, full durability. The last of several lines of one setting counts.
    private string Configuration() =>
        $"""
        listen_addresses = ''
        unix_socket_directories = {Quote($"\"{socketFolder}\"")}
        unix_socket_permissions = 0700
        max_connections = 60
        shared_buffers = 32MB
        work_mem = 4MB
        maintenance_work_mem = 32MB
        effective_cache_size = 512MB
        huge_pages = off
        # No replication: less write-ahead log.
        wal_level = minimal
        max_wal_senders = 0
        min_wal_size = 64MB
        max_wal_size = 256MB
        # Queries are short; parallel workers and compiled queries would only cost memory.
        max_parallel_workers_per_gather = 0
        jit = off
        timezone = UTC
        log_timezone = UTC
        # Failed statements are errors of the client, which logs them.
        log_min_messages = log
        log_checkpoints = off

        """ + string.Concat(options.Settings.Select(setting => $"{setting.Key} = {Quote(setting.Value)}\n"));

    private static string Quote(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string OneLine(string text) => text.Trim().ReplaceLineEndings(" | ");

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL serves {Cluster} (process {ProcessId}), ready after {Duration}")]
    private partial void LogStarted(string cluster, int processId, TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL stopped")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Error, Message = "The private PostgreSQL closed the supervisor's connection: {Reason}")]
    private partial void LogConnectionLost(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL could not be restarted; next attempt in {Seconds:0.0} s")]
    private partial void LogRestartFailed(Exception exception, double seconds);
}
