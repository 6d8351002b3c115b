namespace Trainyard.Service.Hosting;

/// <summary>Settings of the whole process: configuration section <c>Service</c>, as in <c>Service__Role=worker</c>.</summary>
internal sealed class ServiceOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Service";

    /// <summary>The parts that this process runs. Default: all.</summary>
    public ServiceRole Role { get; set; } = ServiceRole.All;

    /// <summary>
    /// Folder for everything that the service keeps: the private PostgreSQL, and the checkpoints of runs. Relative paths start at the
    /// current folder. Default: <c>data</c>. The environment variable <c>DATA_DIR</c> sets it too.
    /// </summary>
    public string DataDir { get; set; } = "data";

    /// <summary><see cref="DataDir"/> as an absolute path.</summary>
    public string DataPath => Path.GetFullPath(DataDir);

    /// <summary>Whether this process answers REST calls and serves pages.</summary>
    public bool ServesApi => Role is ServiceRole.All or ServiceRole.Api;

    /// <summary>Whether this process trains runs.</summary>
    public bool Works => Role is ServiceRole.All or ServiceRole.Worker;
}
