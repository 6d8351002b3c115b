namespace Trainyard.Service.Postgres;

/// <summary>Where the private server lives and how it is set.</summary>
internal sealed record EmbeddedPostgresOptions
{
    /// <summary>Absolute path of the folder that holds cluster, socket and lock file; made when it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>Server settings that replace or extend those of <see cref="PostgresSettings"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a start may take, recovery after a crash included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
