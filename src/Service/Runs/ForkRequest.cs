using Trainyard.Service.Http;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Runs;

/// <summary>What a copy of a run does otherwise.</summary>
[OptionalMembers]
public sealed record ForkRequest
{
    /// <summary>Changes of at most this many places.</summary>
    internal const int MaximumChanges = 100;

    /// <summary>Changes of the spec, made in this order; none: the same run again.</summary>
    public IReadOnlyList<SpecChange>? Changes { get; init; }

    /// <summary>Name of the copy; its parent's unless it is given here or among the changes.</summary>
    public string? Name { get; init; }

    /// <summary>Whether to start from the weights of the parent's newest checkpoint. The network must be the same.</summary>
    public bool Weights { get; init; }
}
