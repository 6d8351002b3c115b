namespace Trainyard.Service.Hosting;

/// <summary>Which parts of the service one process runs.</summary>
internal enum ServiceRole
{
    /// <summary>Everything in one process.</summary>
    All,

    /// <summary>REST, hub and pages; trains nothing.</summary>
    Api,

    /// <summary>Takes runs from the queue and trains them; serves only health.</summary>
    Worker,
}
