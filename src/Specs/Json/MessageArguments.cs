using System.Text.Json;

namespace Trainyard.Specs.Json;

/// <summary>
/// Named arguments of a message. A message is a code with arguments; the English text is formed from these, and texts in other languages are formed from the
/// same.
/// </summary>
public static class MessageArguments
{
    /// <summary>No arguments.</summary>
    public static IReadOnlyDictionary<string, JsonElement> None { get; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Named arguments as JSON; a number that is not finite becomes null.</summary>
    public static IReadOnlyDictionary<string, JsonElement> From(params (string Name, object? Value)[] arguments) => arguments.ToDictionary(
        argument => argument.Name,
        argument => JsonSerializer.SerializeToElement(argument.Value is double number && !double.IsFinite(number) ? null : argument.Value, SpecJson.Options),
        StringComparer.Ordinal);
}
