using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;

namespace Trainyard.Service.Labs;

/// <summary>A request that a worker holds.</summary>
internal sealed record LabClaim(Guid Id, int Attempt, string Lab, string Request);

/// <summary>How an attempt ended: with a result, or with a class and reason of failure; with neither it is queued again.</summary>
internal sealed record LabEnding(string? Result, FailureClass? Failure, RunReason? Reason);

// The table of labs: requests, who works on them, and answers. Several processes share it; a claim has a lease that outlasts the time limit, so that it is never
// renewed.
internal sealed class LabQueue(NpgsqlDataSource dataSource)
{
    // An attempt whose worker disappears is repeated once.
    private const int MaximumLost = 2;

    /// <summary>The answer to an equal request, which then counts as used, or a new row; null when too many wait.</summary>
    public async Task<Guid?> SubmitAsync(LabDefinition lab, byte[] request, string? createdBy, int maximumQueued, CancellationToken cancellationToken)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{lab.Name}\n{LabCatalog.Version}\n"), .. request]));
        await using var command = Command(
            """
            with known as (
                update lab_results set used_at = now() where request_sha256 = $4 and state <> 'failed' returning id
            ), added as (
                insert into lab_results (id, lab, request, request_sha256, created_by)
                select $1, $2, $3, $4, $5
                where not exists (select from known) and (select count(*) from lab_results where state = 'queued') < $6
                on conflict (request_sha256) where state <> 'failed' do update set used_at = now()
                returning id
            )
            select id, null::text from known union all select id, pg_notify($7, id::text)::text from added
            """,
            Guid.CreateVersion7(), lab.Name);
        command.Parameters.Add(new() { Value = Encoding.UTF8.GetString(request), NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = sha256 });
        command.Parameters.Add(new() { Value = (object?)createdBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (long)maximumQueued });
        command.Parameters.Add(new() { Value = EventLog.LabsChannel });
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    /// <summary>An answer; null when there is none of this id, or it is of another lab.</summary>
    public async Task<LabAnswer<JsonElement, JsonElement?>?> FindAsync(string lab, Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            select state, request::text, result::text, failure_class, failure_code, failure_arguments::text, created_at,
                extract(epoch from ended_at - started_at)::float8
            from lab_results where id = $1 and lab = $2
            """,
            id, lab);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new()
            {
                Id = id,
                Lab = lab,
                State = Enum.Parse<LabState>(reader.GetString(0), ignoreCase: true),
                Request = Parse(reader.GetString(1)),
                Result = reader.IsDBNull(2) ? null : Parse(reader.GetString(2)),
                Failure = reader.IsDBNull(3) ? null : FailureOf(reader.GetString(3), reader.GetString(4), reader.GetString(5)),
                CreatedAt = await reader.GetFieldValueAsync<DateTimeOffset>(6, cancellationToken),
                Seconds = reader.IsDBNull(7) ? null : reader.GetDouble(7),
            }
            : null;
    }

    /// <summary>Whether an answer has ended, or does not exist.</summary>
    public async Task<bool> HasEndedAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = Command("select exists (select from lab_results where id = $1 and ended_at is null)", id);
        return await command.ExecuteScalarAsync(cancellationToken) is false;
    }

    public async Task<IReadOnlyList<Guid>> QueuedAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = Command("select id from lab_results where state = 'queued' order by id limit $1", limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    /// <summary>Claims a request, if it is queued.</summary>
    public async Task<LabClaim?> ClaimAsync(Guid id, string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            update lab_results set state = 'running', attempt = attempt + 1, worker = $2, lease_expires_at = now() + $3, started_at = now()
            where id = (select id from lab_results where id = $1 and state = 'queued' for update skip locked)
            returning attempt, lab, request::text
            """,
            id, worker, lease);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(id, reader.GetInt32(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    /// <summary>Ends an attempt that still holds its request, and removes the answers beyond those that are kept.</summary>
    public async Task EndAsync(LabClaim claim, LabEnding ending, int kept, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        var end = new NpgsqlBatchCommand(
            """
            with ended as (
                update lab_results set
                    state = $3, result = $4, failure_class = $5, failure_code = $6, failure_arguments = $7,
                    worker = case when $3 = 'queued' then null else worker end, lease_expires_at = null,
                    ended_at = case when $3 = 'queued' then null else now() end, used_at = now()
                where id = $1 and attempt = $2 and state = 'running'
                returning id
            )
            select pg_notify($8, id::text) from ended
            """);
        foreach (var value in (object[])[claim.Id, claim.Attempt, ending.Result is not null ? "succeeded" : ending.Failure is not null ? "failed" : "queued"])
        {
            end.Parameters.Add(new() { Value = value });
        }

        end.Parameters.Add(new() { Value = (object?)ending.Result ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json });
        end.Parameters.Add(new() { Value = (object?)ending.Failure?.ToWireName() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        end.Parameters.Add(new() { Value = (object?)NameOf(ending.Reason?.Code) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        end.Parameters.Add(new()
        {
            Value = ending.Reason is { } reason ? JsonSerializer.Serialize(reason.Arguments, SpecJson.Options) : DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        end.Parameters.Add(new() { Value = EventLog.LabsChannel });
        batch.BatchCommands.Add(end);
        batch.BatchCommands.Add(new("delete from lab_results where id in (select id from lab_results where ended_at is not null order by used_at desc offset $1)")
        {
            Parameters = { new() { Value = kept } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Queues the requests of workers that disappeared; the second time they fail.</summary>
    public async Task TakeBackExpiredAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            with expired as (
                update lab_results set
                    state = case when lost + 1 >= $1 then 'failed' else 'queued' end, lost = lost + 1, lease_expires_at = null,
                    failure_class = case when lost + 1 >= $1 then $2 end, failure_code = case when lost + 1 >= $1 then $3 end,
                    failure_arguments = case when lost + 1 >= $1 then jsonb_build_object('worker', worker, 'reason', 'lease') end,
                    ended_at = case when lost + 1 >= $1 then now() end
                where state = 'running' and lease_expires_at < now()
                returning id
            )
            select pg_notify($4, id::text) from expired
            """,
            MaximumLost, FailureClass.LostWorker.ToWireName(), NameOf(RunMessageCode.WorkerLost)!, EventLog.LabsChannel);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static LabFailure FailureOf(string failure, string code, string arguments)
    {
        var (kind, about) = (Wire<RunMessageCode>(code), JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments, SpecJson.Options)!);
        return new LabFailure { Class = Wire<FailureClass>(failure), Code = kind, Arguments = about, Message = RunMessageText.From(kind, about) };
    }

    private static string? NameOf(RunMessageCode? code) => code is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName($"{code}");

    private static T Wire<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
