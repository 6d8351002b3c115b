using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Catalog;

namespace Trainyard.Specs.Validation;

/// <summary>Checks one JSON value against its definition; null or a default is returned after a finding.</summary>
internal static class ParameterReader
{
    public static ParameterValue Value(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings) => definition.Kind switch
    {
        ParameterKind.Boolean => Flag(value, definition, pointer, findings),
        ParameterKind.Choice => Choice(value, definition, pointer, findings) ?? "",
        ParameterKind.Text => Text(value, definition, pointer, findings),
        ParameterKind.Numbers => Numbers(value, definition, pointer, findings),
        _ => Number(value, definition, pointer, findings) ?? definition.Minimum ?? 0,
    };

    public static double? Number(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number))
        {
            Refuse(findings, value, definition, pointer, "has the wrong type", NumberFix(definition));
            return null;
        }

        if (definition.Kind == ParameterKind.Integer && double.IsFinite(number) && !double.IsInteger(number))
        {
            Refuse(findings, value, definition, pointer, "is not a whole number", $"Write {Clamp(Math.Round(number), definition)}.");
            return null;
        }

        if (!InRange(number, definition))
        {
            Refuse(findings, value, definition, pointer, "is out of range", $"Write {Clamp(number, definition)}.");
            return null;
        }

        return number;
    }

    public static double[] Numbers(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 || value.GetArrayLength() > definition.MaximumItems)
        {
            Refuse(findings, value, definition, pointer, "is not such a list", $"Write {definition.Default}.");
            return [.. definition.Default?.Numbers ?? []];
        }

        var item = definition with { Kind = ParameterKind.Number, Default = null };
        return [.. value.EnumerateArray().Select((element, index) => Number(element, item, $"{pointer}/{index}", findings) ?? definition.Minimum ?? 0)];
    }

    public static bool Flag(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Refuse(findings, value, definition, pointer, "has the wrong type", $"Write {definition.Default}.");
        return definition.Default is { Flag: true };
    }

    public static string? Choice(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        var choices = definition.Choices ?? [];
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } word)
        {
            if (choices.Contains(word))
            {
                return word;
            }

            var near = Spelling.Nearest(word, choices) ?? definition.Default?.Text ?? choices[0];
            Refuse(findings, value, definition, pointer, "is not one of the choices", $"Write \"{near}\".");
            return definition.Default?.Text;
        }

        Refuse(findings, value, definition, pointer, "has the wrong type", $"Write \"{definition.Default?.Text ?? choices[0]}\".");
        return definition.Default?.Text;
    }

    public static string Text(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!.Trim();
            if (text.Length >= definition.Minimum && text.Length <= definition.Maximum && !text.Any(char.IsControl))
            {
                return text;
            }

            Refuse(findings, value, definition, pointer, $"has {text.Length} characters or a control character", "Write a short text on one line.");
        }
        else
        {
            Refuse(findings, value, definition, pointer, "has the wrong type", "Write a text in quotes.");
        }

        return definition.Default?.Text ?? "";
    }

    /// <summary>What the definition permits, in words.</summary>
    public static string Allowed(ParameterDefinition definition)
    {
        var words = definition.Kind switch
        {
            ParameterKind.Boolean => "true or false",
            ParameterKind.Choice => string.Join(" | ", (definition.Choices ?? []).Select(choice => $"\"{choice}\"")),
            ParameterKind.Numbers => $"an array of 1 to {definition.MaximumItems} numbers {Range(definition)}",
            ParameterKind.Text => $"a text of {definition.Minimum} to {definition.Maximum} characters",
            _ when definition.Minimum == definition.Maximum => $"{definition.Minimum}",
            _ => $"a {(definition.Kind == ParameterKind.Integer ? "whole " : "")}number {Range(definition)}",
        };
        return definition.Nullable ? $"{words}, or null" : words;
    }

    private static string Range(ParameterDefinition definition) =>
        $"{(definition.MinimumExclusive ? "above" : "from")} {Show(definition.Minimum ?? 0)} {(definition.MaximumExclusive ? "to below" : "to")} {Show(definition.Maximum ?? 0)}";

    private static bool InRange(double number, ParameterDefinition definition) =>
        (definition.MinimumExclusive ? number > definition.Minimum : number >= definition.Minimum)
        && (definition.MaximumExclusive ? number < definition.Maximum : number <= definition.Maximum);

    private static void Refuse(FindingList findings, JsonElement value, ParameterDefinition definition, string pointer, string problem, string fix) =>
        findings.Error(pointer, ObjectReader.Found(value), Allowed(definition), $"'{definition.Name}' {problem}.", fix);

    private static string NumberFix(ParameterDefinition definition) =>
        definition.Default is { } fallback ? $"Write {fallback}." : $"Write {Allowed(definition)}.";

    // The nearest permitted number that a person would write: an open end gives the default or the middle instead of the end itself.
    private static string Clamp(double number, ParameterDefinition definition)
    {
        var minimum = definition.Minimum ?? double.MinValue;
        var maximum = definition.Maximum ?? double.MaxValue;
        if ((definition.MinimumExclusive && number <= minimum) || (definition.MaximumExclusive && number >= maximum))
        {
            return Show(definition.Default?.Number ?? ((minimum + maximum) / 2));
        }

        return Show(Math.Clamp(number, minimum, maximum));
    }

    private static string Show(double number) => number.ToString("#,##0.################", CultureInfo.InvariantCulture) is var text && text != "0"
        ? text.Replace(",", "", StringComparison.Ordinal)
        : number.ToString("R", CultureInfo.InvariantCulture);
}
