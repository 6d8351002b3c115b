using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

// Removes the folders of deleted runs: at once, and where that failed, or the service ended before, at the next start and every few minutes. The table
// deleted_runs has those that are left.
internal sealed partial class RunFolders(
    NpgsqlDataSource dataSource, IOptions<ServiceOptions> options, TimeProvider clock, ILogger<RunFolders> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Removes the folder of a run that is deleted. What cannot be removed is logged and tried again later.</summary>
    public async Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        var folder = DataFolder.OfRun(options.Value.DataPath, id);
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            await using var command = dataSource.CreateCommand("delete from deleted_runs where id = $1");
            command.Parameters.Add(new() { Value = id });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || StoreFailure.IsUnavailable(exception))
        {
            LogFolderLeft(id, folder, exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var id in await LeftAsync(stoppingToken))
                {
                    await RemoveAsync(id, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogNotRead(StoreFailure.IsUnavailable(exception) ? LogLevel.Debug : LogLevel.Error, exception, exception.Message);
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<Guid>> LeftAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select id from deleted_runs order by deleted_at");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Guid> left = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            left.Add(reader.GetGuid(0));
        }

        return left;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {RunId} is deleted, but its folder {Folder} could not be removed yet: {Reason}")]
    private partial void LogFolderLeft(Guid runId, string folder, string reason);

    [LoggerMessage(Message = "The folders of deleted runs were not removed: {Reason}")]
    private partial void LogNotRead(LogLevel level, Exception exception, string reason);
}
