namespace Trainyard.Service.Store;

/// <summary>What a person may do; each scope includes those before it.</summary>
public enum AccessScope
{
    /// <summary>See everything.</summary>
    Read,

    /// <summary>Submit runs, and change, cancel and delete one's own.</summary>
    Submit,

    /// <summary>Change, cancel and delete the runs of others; manage tokens; see the queue's dashboard.</summary>
    Admin,
}

/// <summary>Row of table <c>api_tokens</c>. The columns are explained in <c>migrations/V0005__access.sql</c>.</summary>
internal sealed class ApiToken
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }

    public required AccessScope Scope { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>Row of table <c>api_sessions</c>: a cookie that a token was exchanged for.</summary>
internal sealed class ApiSession
{
    /// <summary>SHA-256 of the cookie's value.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The token that it was exchanged for; null for a token of the OpenID Connect provider.</summary>
    public required Guid? TokenId { get; init; }

    /// <summary>Who has the provider's token.</summary>
    public required string? Name { get; init; }

    public required AccessScope? Scope { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
