using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Service.Store;

namespace Trainyard.Service.Access;

// Tokens and the cookies that they are exchanged for: 256 random bits each, of which only the SHA-256 is stored. They are found by their hash, so that how long
// a lookup takes says nothing about the token. Times are those of the database.
internal sealed partial class TokenStore(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<TokenStore> logger)
{
    /// <summary>The beginning of every token, by which people and secret scanners recognize one.</summary>
    public const string Prefix = "ty_";

    private const string Valid = "t.revoked_at is null and (t.expires_at is null or t.expires_at > now())";
    private const string NotUsedLately = "t.last_used_at is null or t.last_used_at < now() - interval '1 minute'";
    private const string FindToken = $"select t.id, t.name, t.scope, t.expires_at, {NotUsedLately} from api_tokens t where t.hash = $1 and {Valid}";
    private const string FindSession =
        $"""
        select t.id, coalesce(t.name, s.name), coalesce(t.scope, s.scope), s.expires_at, t.id is not null and ({NotUsedLately})
        from api_sessions s left join api_tokens t on t.id = s.token_id
        where s.hash = $1 and s.expires_at > now() and (s.token_id is null or ({Valid}))
        """;

    // Indexes: runs_queued_by_owner, runs_leased, runs_stored_by_owner.
    private const string Columns =
        """
        id, name, scope, created_at, created_by, expires_at, revoked_at, last_used_at,
        (select count(*) from runs where state = 'queued' and runs.created_by = api_tokens.name),
        (select count(*) from runs where state in ('running', 'pausing') and runs.created_by = api_tokens.name),
        (select coalesce(sum(stored_bytes), 0)::bigint from runs where stored_bytes > 0 and runs.created_by = api_tokens.name)
        """;

    private const string Insert = $"insert into api_tokens (id, name, hash, scope, created_at, created_by, expires_at) select $1, $2, $3, $4, now(), $5, $6";

    /// <summary>The valid token with this text; null if there is none.</summary>
    public Task<ValidToken?> FindAsync(string token, CancellationToken cancellationToken) => FindAsync(FindToken, token, cancellationToken);

    /// <summary>The valid token that a valid cookie belongs to; null if there is none.</summary>
    public Task<ValidToken?> FindBySessionAsync(string cookie, CancellationToken cancellationToken) => FindAsync(FindSession, cookie, cancellationToken);

    /// <summary>Whether a token is neither revoked nor expired.</summary>
    public async Task<bool> IsValidAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"select exists (select from api_tokens t where t.id = $1 and {Valid})");
        command.Parameters.Add(new() { Value = id });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Creates a token. Its text is only here.</summary>
    public async Task<NewToken> CreateAsync(TokenRequest request, string? createdBy, CancellationToken cancellationToken)
    {
        var (id, secret) = (Guid.CreateVersion7(clock.GetUtcNow()), Prefix + RandomText());
        await using var command = dataSource.CreateCommand($"{Insert} returning {Columns}");
        AddValues(command, id, secret, request, createdBy);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new NewToken(Read(reader)) { Token = secret };
    }

    /// <summary>Creates a token for an administrator if there was never any token; null if there was. Of several processes that start at once, one creates it.</summary>
    public async Task<string?> CreateFirstAsync(CancellationToken cancellationToken)
    {
        var secret = Prefix + RandomText();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var block = new NpgsqlCommand("lock table api_tokens in exclusive mode", connection, transaction);
        await block.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"{Insert} where not exists (select from api_tokens)", connection, transaction);
        AddValues(command, Guid.CreateVersion7(clock.GetUtcNow()), secret, new TokenRequest { Name = "admin", Scope = AccessScope.Admin }, createdBy: null);
        var created = await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        await transaction.CommitAsync(cancellationToken);
        return created ? secret : null;
    }

    /// <summary>All tokens, latest first.</summary>
    public async Task<List<ApiTokenInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"select {Columns} from api_tokens order by id desc");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<ApiTokenInfo> tokens = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            tokens.Add(Read(reader));
        }

        return tokens;
    }

    /// <summary>Revokes a token, and with it its cookies; false for an unknown id.</summary>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            with ended as (delete from api_sessions where token_id = $1)
            update api_tokens set revoked_at = coalesce(revoked_at, now()) where id = $1
            """);
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    // Creates a cookie for a token of this service or, without an id, of a provider, and removes expired ones. The cookie expires with the token, and at the
    // latest after the given time.
    public async Task<(string Cookie, DateTimeOffset ExpiresAt)> CreateSessionAsync(ValidToken token, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var cookie = RandomText();
        await using var command = dataSource.CreateCommand(
            """
            with expired as (delete from api_sessions where expires_at < now())
            insert into api_sessions (hash, token_id, name, scope, created_at, expires_at)
            select $1, $2, case when $2 is null then $3 end, case when $2 is null then $4 end, now(), least(now() + $5, $6)
            returning expires_at
            """);
        command.Parameters.Add(new() { Value = Hash(cookie) });
        command.Parameters.Add(new() { Value = (object?)token.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = token.Name });
        command.Parameters.Add(new() { Value = token.Scope.ToWireName() });
        command.Parameters.Add(new() { Value = lifetime });
        command.Parameters.Add(new() { Value = (object?)token.ExpiresAt?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (cookie, reader.GetFieldValue<DateTimeOffset>(0));
    }

    public async Task EndSessionAsync(string cookie, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("delete from api_sessions where hash = $1");
        command.Parameters.Add(new() { Value = Hash(cookie) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<ValidToken?> FindAsync(string sql, string secret, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = Hash(secret) });
        ValidToken token;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            token = new ValidToken(
                reader.IsDBNull(0) ? null : reader.GetGuid(0), reader.GetString(1), Parse(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset?>(3));
            if (!reader.GetBoolean(4))
            {
                return token;
            }
        }

        await TouchAsync(token, cancellationToken);
        return token;
    }

    // A database that can only be read, as with a full disk, still lets people in.
    private async Task TouchAsync(ValidToken token, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = dataSource.CreateCommand("update api_tokens set last_used_at = now() where id = $1");
            command.Parameters.Add(new() { Value = token.Id!.Value });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            LogNotTouched(token.Name, exception.Message);
        }
    }

    private static void AddValues(NpgsqlCommand command, Guid id, string secret, TokenRequest request, string? createdBy)
    {
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = request.Name });
        command.Parameters.Add(new() { Value = Hash(secret) });
        command.Parameters.Add(new() { Value = request.Scope.ToWireName() });
        command.Parameters.Add(new() { Value = (object?)createdBy ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)request.ExpiresAt?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
    }

    private static ApiTokenInfo Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        Name = reader.GetString(1),
        Scope = Parse(reader.GetString(2)),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(3),
        CreatedBy = reader.IsDBNull(4) ? null : reader.GetString(4),
        ExpiresAt = reader.GetFieldValue<DateTimeOffset?>(5),
        RevokedAt = reader.GetFieldValue<DateTimeOffset?>(6),
        LastUsedAt = reader.GetFieldValue<DateTimeOffset?>(7),
        Use = new TokenUse { QueuedRuns = reader.GetInt64(8), RunningRuns = reader.GetInt64(9), StoredBytes = reader.GetInt64(10) },
    };

    private static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static AccessScope Parse(string scope) => Enum.Parse<AccessScope>(scope, ignoreCase: true);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last use of token {Name} could not be stored: {Reason}")]
    private partial void LogNotTouched(string name, string reason);
}

// A token or a cookie that is neither revoked nor expired. Id: Of a token of this service; null for one of the OpenID Connect provider.
internal sealed record ValidToken(Guid? Id, string Name, AccessScope Scope, DateTimeOffset? ExpiresAt);

internal static class AccessScopeNames
{
    /// <summary>As in the database and in JSON.</summary>
    public static string ToWireName(this AccessScope scope) => scope.ToString().ToLowerInvariant();
}
