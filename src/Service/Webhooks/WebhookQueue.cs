using Npgsql;
using Trainyard.Service.Store;

namespace Trainyard.Service.Webhooks;

// The deliveries in the database; a trigger of the runs table adds them. Several processes share the work: a claimed delivery is due again only after a time in
// which its attempt has surely ended, so that one whose process dies is repeated.
internal sealed class WebhookQueue(NpgsqlDataSource dataSource)
{
    private const int BatchSize = 10;

    /// <summary>Makes these the addresses; what was to be told to others is dropped.</summary>
    public async Task SetAddressesAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new("delete from webhook_endpoints where url <> all($1)") { Parameters = { new() { Value = addresses.ToArray() } } });
        batch.BatchCommands.Add(new("insert into webhook_endpoints (url) select unnest($1) on conflict do nothing") { Parameters = { new() { Value = addresses.ToArray() } } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            update webhook_deliveries d set attempts = d.attempts + 1, next_at = now() + $1
            where d.id in (select id from webhook_deliveries where next_at <= now() order by next_at limit $2 for update skip locked)
            returning d.id, d.url, d.run_id, d.state, d.ended_at, d.attempts, d.next_at
            """);
        command.Parameters.Add(new() { Value = lease });
        command.Parameters.Add(new() { Value = BatchSize });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<WebhookDelivery>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new()
            {
                Id = reader.GetGuid(0),
                Url = reader.GetString(1),
                RunId = reader.GetGuid(2),
                State = reader.GetString(3),
                EndedAt = await reader.GetFieldValueAsync<DateTimeOffset>(4, cancellationToken),
                Attempts = reader.GetInt32(5),
                NextAt = await reader.GetFieldValueAsync<DateTimeOffset>(6, cancellationToken),
            });
        }

        return claimed;
    }

    /// <summary>Removes a delivery: it was accepted, or is given up.</summary>
    public async Task RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("delete from webhook_deliveries where id = $1");
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task RetryAsync(Guid id, TimeSpan after, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("update webhook_deliveries set next_at = now() + $2 where id = $1");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = after });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
