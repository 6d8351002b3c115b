using System.Text.Json;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Events;

/// <summary>What a network of two inputs decides over the plane; epoch 0 is before the first update.</summary>
public sealed record DecisionFrameEvent : RunEvent, IDetailedEvent
{
    /// <summary>The epoch; 0: before the first update.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>The decisions; null when they are stored apart.</summary>
    public required DecisionFrame? Frame { get; init; }

    /// <inheritdoc/>
    public JsonElement? DetailToJson() => Frame is null ? null : JsonSerializer.SerializeToElement(Frame, SpecJson.Options);

    /// <inheritdoc/>
    public RunEvent WithoutDetail() => this with { Frame = null };

    /// <inheritdoc/>
    public RunEvent WithDetail(JsonElement detail) => this with { Frame = detail.Deserialize<DecisionFrame>(SpecJson.Options) };
}
