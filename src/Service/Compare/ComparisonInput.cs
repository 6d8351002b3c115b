using Trainyard.Service.Results;
using Trainyard.Service.Store;

namespace Trainyard.Service.Compare;

/// <summary>What is known of a run that is compared.</summary>
internal sealed record ComparisonInput
{
    /// <summary>The run.</summary>
    public required ComparedRun Run { get; init; }

    /// <summary>Its canonical spec.</summary>
    public required FlatSpec Spec { get; init; }

    /// <summary>Fingerprint of the data that it was trained on; null when it did not tell.</summary>
    public required string? DataFingerprint { get; init; }

    /// <summary>The run whose weights it started from, and the complete epochs in them; null: its weights were drawn.</summary>
    public required (Guid Parent, int? Epoch)? StartedFrom { get; init; }

    /// <summary>Best and latest values.</summary>
    public required IReadOnlyList<MetricSummary> Metrics { get; init; }

    /// <summary>Its curves.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }
}
