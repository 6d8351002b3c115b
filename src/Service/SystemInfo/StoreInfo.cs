namespace Trainyard.Service.SystemInfo;

/// <summary>The database.</summary>
public sealed record StoreInfo
{
    /// <summary>embedded: the private server in the data folder; external: a server given by its connection string.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of PostgreSQL, as in <c>15.18</c>.</summary>
    public required string Version { get; init; }
}
