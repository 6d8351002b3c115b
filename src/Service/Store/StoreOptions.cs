namespace Trainyard.Service.Store;

/// <summary>Where the database is. The connection string comes from <c>ConnectionStrings__Postgres</c>; without it a private server is kept.</summary>
internal sealed record StoreOptions
{
    /// <summary>Connections that one process keeps at most, unless the connection string says otherwise.</summary>
    public const int DefaultPoolSize = 20;

    /// <summary>Connection string of the server in use.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Whether the server is the private one in the data folder.</summary>
    public required bool Embedded { get; init; }
}
