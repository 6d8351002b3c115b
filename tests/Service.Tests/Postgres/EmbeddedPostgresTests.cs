using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Postgres;

namespace Trainyard.Service.Tests.Postgres;

[Trait("Needs", "process")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_Stopped_Started_KeepsItsData()
    {
        await using (var first = Create())
        {
            await first.StartAsync(Cancellation);
            await ExecuteAsync(first, "create table kept (value int); insert into kept values (42)");
        }

        await using var second = Create();
        await second.StartAsync(Cancellation);

        Assert.Equal(42, await ExecuteAsync(second, "select value from kept"));
    }

    [Fact]
    public async Task Stop_AfterAStart_LeavesNoProcessAndNoSocket()
    {
        var postgres = Create();
        await postgres.StartAsync(Cancellation);
        var id = postgres.ProcessId;

        await postgres.DisposeAsync();

        await HasEndedAsync(id);
        Assert.Empty(Directory.GetFiles(folder.File("postgres", "socket")));
        Assert.False(File.Exists(folder.File("postgres", "cluster", "postmaster.pid")));
    }

    [Fact]
    public async Task Start_FolderInUse_Fails()
    {
        await using var first = Create();
        await first.StartAsync(Cancellation);
        await using var second = Create();

        var exception = await Assert.ThrowsAsync<StartupException>(() => second.StartAsync(Cancellation));

        Assert.Contains($"Another service uses the private PostgreSQL in {folder.File("postgres")}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ExecuteAsync(first, "select 1"));
    }

    [Fact]
    public async Task Server_Killed_IsRestartedWithItsData()
    {
        await using var postgres = Create();
        await postgres.StartAsync(Cancellation);
        await ExecuteAsync(postgres, "create table kept (value int); insert into kept values (42)");
        var killed = postgres.ProcessId;

        Process.GetProcessById(killed).Kill();

        await Waiting.UntilAsync(
            async () =>
            {
                try
                {
                    return Equals(await ExecuteAsync(postgres, "select value from kept"), 42) && postgres.ProcessId != killed;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            "the server is back");
    }

    [Fact]
    public async Task Start_AfterAnInterruptedInitdb_CreatesTheCluster()
    {
        Directory.CreateDirectory(folder.File("postgres", "cluster.new", "base"));
        await File.WriteAllTextAsync(folder.File("postgres", "cluster.new", "PG_VERSION"), "15\n", Cancellation);
        await using var postgres = Create();

        await postgres.StartAsync(Cancellation);

        Assert.Equal(1, await ExecuteAsync(postgres, "select 1"));
    }

    [Fact]
    public async Task Start_LockFileNamesAnotherProgram_LeavesItAlone()
    {
        await using (var first = Create())
        {
            await first.StartAsync(Cancellation);
        }

        // As after a restart of a container: another program of the same user has the recorded process id now.
        using var program = Process.Start("sleep", "600");
        await File.WriteAllTextAsync(
            folder.File("postgres", "cluster", "postmaster.pid"), $"{program.Id}\n{folder.File("postgres", "cluster")}\n1\n5432\n", Cancellation);
        await using var second = Create();

        await second.StartAsync(Cancellation);

        Assert.Equal(1, await ExecuteAsync(second, "select 1"));
        Assert.False(program.HasExited);
        program.Kill();
    }

    [Fact]
    public async Task Start_PathTooLongForASocket_UsesATemporaryFolder()
    {
        var deep = folder.File([.. Enumerable.Repeat("a-rather-long-folder-name", 5)]);
        Directory.CreateDirectory(deep);
        string socketFolder;
        await using (var postgres = Create(Path.Combine(deep, "postgres")))
        {
            await postgres.StartAsync(Cancellation);

            Assert.Equal(1, await ExecuteAsync(postgres, "select 1"));
            socketFolder = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
        }

        Assert.StartsWith(Path.GetTempPath(), socketFolder, StringComparison.Ordinal);
        Assert.False(Directory.Exists(socketFolder));
    }

    [Fact]
    public async Task Start_ClusterOfAnotherVersion_NamesThePackage()
    {
        await using (var first = Create())
        {
            await first.StartAsync(Cancellation);
        }

        await File.WriteAllTextAsync(folder.File("postgres", "cluster", "PG_VERSION"), "9\n", Cancellation);
        await using var second = Create();

        var exception = await Assert.ThrowsAsync<StartupException>(() => second.StartAsync(Cancellation));

        Assert.Contains("apt-get install postgresql-9", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_BelowAPrivateFolderOfTheServicesUser_Serves()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var closed = folder.File("closed");
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(closed, OwnerOnly);
        }

        // For root this is a clone in /root, which the server's user cannot enter without a capability.
        await using var postgres = Create(Path.Combine(closed, "postgres"));
        await postgres.StartAsync(Cancellation);

        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand("select 1");
        Assert.Equal(1, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Start_ServerOfAKilledServiceStillRuns_TakesOverItsData()
    {
        // pg_ctl detaches the server, so that a killed service leaves exactly this: a running server, and a folder that no process has locked.
        await using (var first = Create())
        {
            await first.StartAsync(Cancellation);
            await ExecuteAsync(first, "create table kept (value int); insert into kept values (42)");
        }

        await RunServerAsync();
        await using var second = Create();
        var left = second.ProcessId;
        await second.StartAsync(Cancellation);

        Assert.NotEqual(left, second.ProcessId);
        await HasEndedAsync(left);
        Assert.Equal(42, await ExecuteAsync(second, "select value from kept"));
    }

    [Fact]
    public async Task Start_ServerRefusesItsSettings_QuotesItsLog()
    {
        await using var postgres = new EmbeddedPostgres(
            new EmbeddedPostgresOptions
            {
                Folder = folder.File("postgres"),
                Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["shared_buffers"] = "many" },
            },
            TimeProvider.System,
            NullLogger<EmbeddedPostgres>.Instance);

        var exception = await Assert.ThrowsAsync<StartupException>(() => postgres.StartAsync(Cancellation));

        Assert.Contains("shared_buffers", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("with'quote")]
    [InlineData("with, comma")]
    public async Task Start_PathWithASpecialCharacter_Serves(string name)
    {
        await using var postgres = Create(folder.File(name));

        await postgres.StartAsync(Cancellation);

        Assert.Equal(1, await ExecuteAsync(postgres, "select 1"));
    }

    public void Dispose() => folder.Dispose();

    private EmbeddedPostgres Create(string? path = null) =>
        new(new EmbeddedPostgresOptions { Folder = path ?? folder.File("postgres") }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance);

    private async Task RunServerAsync()
    {
        var cluster = folder.File("postgres", "cluster");
        var account = await PostgresAccount.ChooseAsync(cluster, Cancellation);
        var programs = await PostgresPrograms.FindAsync(major: null, Cancellation);
        var (code, output) = await account.RunAsync([programs.PgCtl, "start", "--pgdata", cluster, "--log", folder.File("postgres", "server.log")], Cancellation);
        Assert.True(code == 0, output);
    }

    // The parent process may reap it a little later.
    private static Task HasEndedAsync(int processId) =>
        Waiting.UntilAsync(() => Task.FromResult(!Directory.Exists($"/proc/{processId}")), "the server has ended");

    private static async Task<object?> ExecuteAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
