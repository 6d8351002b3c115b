using System.Collections.Concurrent;
using Npgsql;

namespace Trainyard.Service.Runs;

/// <summary>The numbers of the parameters that stored specs have. A number never changes, so each is read once.</summary>
internal sealed class SpecPointers(NpgsqlDataSource dataSource)
{
    private readonly ConcurrentDictionary<string, int> known = new(StringComparer.Ordinal);

    /// <summary>The number of a pointer; 0: no run has had such a parameter yet.</summary>
    public async Task<int> FindAsync(string pointer, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(pointer, out var id))
        {
            return id;
        }

        await using var command = dataSource.CreateCommand("select id from spec_pointers where pointer = $1");
        command.Parameters.Add(new() { Value = pointer });
        return await command.ExecuteScalarAsync(cancellationToken) is int found ? known.GetOrAdd(pointer, found) : 0;
    }
}
