namespace Trainyard.Service.Hosting;

/// <summary>Settings of the process: configuration section <c>Service</c>, as in <c>Service__Role=worker</c>.</summary>
internal sealed class ServiceOptions
{
    public const string Section = "Service";

    /// <summary>The parts of the service that this process runs. Default: all.</summary>
    public ServiceRole Role { get; set; } = ServiceRole.All;

    // Folder of the private PostgreSQL and of the runs' files; a relative path starts at the current folder. Default: the setting DATA_DIR, which is data
    // unless the environment sets it.
    public string? DataDir { get; set; }

    /// <summary><see cref="DataDir"/> as an absolute path.</summary>
    public string DataPath => Path.GetFullPath(DataDir!);

    public bool ServesApi => Role is ServiceRole.All or ServiceRole.Api;
    public bool Works => Role is ServiceRole.All or ServiceRole.Worker;
}

/// <summary>Which parts of the service one process runs.</summary>
internal enum ServiceRole
{
    /// <summary>Everything in one process.</summary>
    All,

    /// <summary>REST API, hub and dashboard; trains nothing.</summary>
    Api,

    /// <summary>Claims runs from the queue and trains them; serves only health checks.</summary>
    Worker,
}
