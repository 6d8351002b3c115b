using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Specs.Events;

/// <summary>The diagnosis noticed something. Each rule speaks once in a run, and again only when it became more severe.</summary>
public sealed record FindingEvent : RunEvent
{
    /// <summary>What it noticed.</summary>
    public required Finding Finding { get; init; }
}
