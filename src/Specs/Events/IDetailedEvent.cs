using System.Text.Json;

namespace Trainyard.Specs.Events;

/// <summary>
/// An event with a part that is large and seldom looked at. The store keeps that part in a place of its own, and the event without it.
/// </summary>
public interface IDetailedEvent
{
    /// <summary>The large part as JSON; null when there is none.</summary>
    JsonElement? DetailToJson();

    /// <summary>The event with null in place of the large part.</summary>
    RunEvent WithoutDetail();

    /// <summary>The event with the large part put back.</summary>
    /// <param name="detail">What <see cref="DetailToJson"/> returned.</param>
    RunEvent WithDetail(JsonElement detail);
}
