using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Json;

namespace Trainyard.Studies.Space;

/// <summary>
/// The parameters that a study varies, in order: conditions look at earlier parameters only, and values are written into a spec in this order, so that
/// <c>/training/optimizer</c> comes before <c>/training/optimizer/learningRate</c>.
/// </summary>
public sealed record SearchSpace
{
    /// <summary>The parameters.</summary>
    [Items(1, 64)]
    public required IReadOnlyList<SearchParameter> Parameters { get; init; }

    /// <summary>Whether a parameter is part of a trial that has these values of the parameters before it.</summary>
    public static bool IsActive(SearchParameter parameter, Func<string, JsonElement?> valueOf) =>
        parameter.When is not { } condition
        || (valueOf(condition.Parameter) is { } value && condition.In.Any(allowed => CanonicalJson.Text(allowed) == CanonicalJson.Text(value)));

    /// <summary>Chooses a value for every parameter that is part of the trial.</summary>
    /// <param name="choose">Chooses the value of a parameter, given those before it.</param>
    public Assignment Assign(Func<SearchParameter, JsonElement> choose)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var parameter in Parameters)
        {
            if (IsActive(parameter, name => values.TryGetValue(name, out var value) ? value : null))
            {
                values[parameter.Name] = choose(parameter);
            }
        }

        return new Assignment(Parameters.Where(parameter => values.ContainsKey(parameter.Name)).Select(parameter => KeyValuePair.Create(parameter.Name, values[parameter.Name])));
    }

    /// <summary>Writes the values of a trial into a spec. The result still has to be validated.</summary>
    /// <param name="spec">The base spec as the person wrote it, or canonical; it stays as it is.</param>
    /// <param name="assignment">The values.</param>
    /// <returns>The spec of the trial, and the pointers that it has no place for.</returns>
    public SpecOfTrial Apply(JsonNode spec, Assignment assignment)
    {
        var document = spec.DeepClone();
        List<string> missing = [];
        foreach (var parameter in Parameters)
        {
            if (assignment[parameter.Name] is { } value)
            {
                missing.AddRange(parameter.Pointers.Where(pointer => !TrySet(document, pointer, value)));
            }
        }

        return new SpecOfTrial(document, missing);
    }

    private static bool TrySet(JsonNode document, string pointer, JsonElement value)
    {
        if (JsonPointer.Tokens(pointer) is not [.. var path, var name])
        {
            return false;
        }

        JsonNode? parent = document;
        foreach (var token in path)
        {
            var child = JsonPointer.Child(parent, token);
            if (Widened(child) is { } widened && TrySetChild(parent, token, widened))
            {
                child = widened;
            }

            parent = child;
        }

        return TrySetChild(parent, name, JsonNode.Parse(value.GetRawText()));
    }

    // The object that a shorthand stands for: "adam" is { "name": "adam" }; null, false and true are settings that are off, or have all defaults.
    private static JsonObject? Widened(JsonNode? child) => child switch
    {
        null => [],
        JsonValue value when value.TryGetValue<string>(out var text) => text == "off" ? [] : new JsonObject { ["name"] = text },
        JsonValue value when value.TryGetValue<bool>(out _) => [],
        _ => null,
    };

    private static bool TrySetChild(JsonNode? parent, string name, JsonNode? value)
    {
        switch (parent)
        {
            case JsonObject members:
                members[name] = value;
                return true;
            case JsonArray items when JsonPointer.IndexIn(items, name) is { } index:
                items[index] = value;
                return true;
            default:
                return false;
        }
    }
}

/// <summary>A base spec with the values of a trial.</summary>
/// <param name="Document">The spec.</param>
/// <param name="MissingPointers">Pointers of parameters that lead to no place in the spec.</param>
public sealed record SpecOfTrial(JsonNode Document, IReadOnlyList<string> MissingPointers);
