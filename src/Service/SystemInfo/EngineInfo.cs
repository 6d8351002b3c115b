using System.Text.Json;

namespace Trainyard.Service.SystemInfo;

/// <summary>A tensor engine.</summary>
public sealed record EngineInfo
{
    /// <summary>Where it comes from: system, or the name of an official package; null when the trainer does not say.</summary>
    public required string? Package { get; init; }

    /// <summary>Its name, as in <c>libtorch</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    // From what "trainer info" printed.
    internal static EngineInfo? Of(JsonElement? info) => Text(info, "engine") is { } name
        ? new EngineInfo { Package = Text(info, "package"), Name = name, Version = Text(info, "version") ?? "unknown" }
        : null;

    private static string? Text(JsonElement? info, string member) =>
        info is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
