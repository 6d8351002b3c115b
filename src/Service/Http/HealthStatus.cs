namespace Trainyard.Service.Http;

/// <summary>Answer of a health check.</summary>
public sealed record HealthStatus
{
    /// <summary>live or ready.</summary>
    public required string Status { get; init; }
}
