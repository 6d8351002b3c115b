using Npgsql;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;

namespace Trainyard.Service.Compare;

/// <summary>The curves of runs as CSV: one row for each point, without downsampling.</summary>
internal sealed class CurvesCsv(NpgsqlDataSource dataSource)
{
    private const int RowsAtOnce = 1000;

    // Runs one after the other, by primary key: nothing is sorted, and memory does not grow with the number of points.
    public async Task WriteAsync(IReadOnlyList<RunSummary> runs, Stream stream, CancellationToken cancellationToken)
    {
        var csv = new Csv();
        csv.Add(["run", "name", "metric", "epoch", "step", "seconds", "value"]);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        foreach (var run in runs)
        {
            await using var command = new NpgsqlCommand(
                "select metric, epoch, step, seconds, value from metric_points where run_id = $1 order by metric, epoch", connection);
            command.Parameters.Add(new() { Value = run.Id });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            for (var rows = 1; await reader.ReadAsync(cancellationToken); rows++)
            {
                csv.Add([run.Id, run.Name, reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2), Number(reader, 3), Number(reader, 4)]);
                if (rows % RowsAtOnce == 0)
                {
                    await csv.FlushAsync(stream, cancellationToken);
                }
            }
        }

        await csv.FlushAsync(stream, cancellationToken);
    }

    private static double? Number(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
}
