using System.Text.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Json;

/// <summary>
/// What a sentence is made with, by name. Whoever says something says its code and its arguments; the English sentence is formed from these, and pages
/// form theirs from the same.
/// </summary>
public static class MessageArguments
{
    /// <summary>No arguments.</summary>
    public static IReadOnlyDictionary<string, JsonElement> None { get; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Named arguments as JSON; a number that is not finite becomes null.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Of(params (string Name, object? Value)[] arguments) => arguments.ToDictionary(
        argument => argument.Name,
        argument => JsonSerializer.SerializeToElement(argument.Value is double number && !double.IsFinite(number) ? null : argument.Value, SpecJson.Options),
        StringComparer.Ordinal);
}
