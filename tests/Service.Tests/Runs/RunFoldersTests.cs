using System.Net;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Runs;

[Trait("Needs", "database")]
public sealed class RunFoldersTests(DatabaseServer server)
{
    private const string Left = "select count(*) from deleted_runs";

    [Fact]
    public async Task Start_FolderOfADeletedRunIsLeft_IsRemoved()
    {
        using var data = new TemporaryFolder();
        var connectionString = await server.CreateDatabaseAsync();
        var (deleted, kept) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Directory.CreateDirectory(data.File("runs", deleted.ToString(), "checkpoints"));
        Directory.CreateDirectory(data.File("runs", kept.ToString()));
        await DatabaseServer.MigrateAsync(connectionString);
        await using (var before = Npgsql.NpgsqlDataSource.Create(connectionString))
        {
            await TestRuns.ExecuteAsync(before, $"insert into deleted_runs (id) values ('{deleted}')");
        }

        await using var app = await TestApp.StartAsync(server, connectionString: connectionString, dataDir: data.Path);

        await Waiting.UntilAsync(async () => (long)(await TestRuns.ScalarAsync(app.DataSource, Left))! == 0, "the folder is removed");
        Assert.Equal([kept.ToString()], Directory.GetFileSystemEntries(data.File("runs")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Delete_Run_RemovesItsFolderAndForgetsIt()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync("failed");
        var folder = Path.Combine(app.DataDir, "runs", id.ToString());
        Directory.CreateDirectory(Path.Combine(folder, "checkpoints"));

        Assert.Equal(HttpStatusCode.NoContent, (await app.DoAsync(id, "delete")).Status);

        Assert.False(Directory.Exists(folder));
        Assert.Equal(0L, await TestRuns.ScalarAsync(app.DataSource, Left));
    }

    [Fact]
    public async Task Delete_DatabaseIsFullAfterwards_FolderIsStillKnown()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync("failed");
        await TestRuns.ExecuteAsync(
            app.DataSource,
            """
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'full' using errcode = '53100'; end $$;
            create trigger refuse before delete on deleted_runs for each statement execute function refuse();
            """);

        Assert.Equal(HttpStatusCode.NoContent, (await app.DoAsync(id, "delete")).Status);

        Assert.Equal(1L, await TestRuns.ScalarAsync(app.DataSource, Left));
    }
}
