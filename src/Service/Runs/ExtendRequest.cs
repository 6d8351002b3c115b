using Trainyard.Service.Http;
namespace Trainyard.Service.Runs;

/// <summary>For how long a run is to go on.</summary>
[OptionalMembers]
public sealed record ExtendRequest
{
    /// <summary>Epochs in all, those that are done included; more than the spec has now.</summary>
    public required int Epochs { get; init; }
}
