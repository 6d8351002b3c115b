namespace Trainyard.Specs.Spec;

/// <summary>A metric of the validation split.</summary>
public enum ValidationMetric
{
    /// <summary>Mean cross-entropy; lower is better.</summary>
    ValidationLoss,

    /// <summary>Share of right answers; higher is better.</summary>
    ValidationAccuracy,
}
