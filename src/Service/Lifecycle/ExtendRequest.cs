using Trainyard.Service.OpenApi;

namespace Trainyard.Service.Lifecycle;

/// <summary>For how long a run is to go on.</summary>
[OptionalMembers]
public sealed record ExtendRequest
{
    /// <summary>Epochs in all, those that are done included; more than the spec has now.</summary>
    public required int Epochs { get; init; }
}
