using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Validation;

/// <summary>Checks one JSON value against its definition; null or a default is returned after a finding.</summary>
internal static class ParameterReader
{
    public static ParameterValue Value(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings) => definition.Kind switch
    {
        ParameterKind.Boolean => Flag(value, definition, pointer, findings),
        ParameterKind.Choice => Choice(value, definition, pointer, findings) ?? "",
        ParameterKind.Text or ParameterKind.MultilineText => Text(value, definition, pointer, findings),
        ParameterKind.Time => Time(value, definition, pointer, findings),
        ParameterKind.Numbers => Numbers(value, definition, pointer, findings),
        _ => Number(value, definition, pointer, findings) ?? definition.Minimum ?? 0,
    };

    public static double? Number(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number))
        {
            Refuse(findings, value, definition, pointer, SpecFindingCode.WrongType, definition.Default);
            return null;
        }

        if (definition.Kind == ParameterKind.Integer && double.IsFinite(number) && !double.IsInteger(number))
        {
            Refuse(findings, value, definition, pointer, SpecFindingCode.NotAnInteger, Clamp(Math.Round(number), definition));
            return null;
        }

        if (!InRange(number, definition))
        {
            Refuse(findings, value, definition, pointer, SpecFindingCode.OutOfRange, Clamp(number, definition));
            return null;
        }

        if (RoundedToLimit(number, definition) is { } limit)
        {
            findings.Error(
                pointer, ObjectReader.Found(value), SpecFindingCode.RoundsToLimit,
                ("member", definition.Name), ("allowed", definition), ("limit", limit), ("suggested", Clamp(limit, definition)));
            return null;
        }

        return number + 0.0; // 0 for -0
    }

    public static double[] Numbers(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 || value.GetArrayLength() > definition.MaximumItems)
        {
            Refuse(findings, value, definition, pointer, SpecFindingCode.WrongNumbers, definition.Default);
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

        Refuse(findings, value, definition, pointer, SpecFindingCode.WrongType, definition.Default);
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
            Refuse(findings, value, definition, pointer, SpecFindingCode.NotAChoice, near);
            return definition.Default?.Text;
        }

        Refuse(findings, value, definition, pointer, SpecFindingCode.WrongType, definition.Default?.Text ?? choices[0]);
        return definition.Default?.Text;
    }

    public static string Text(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!.Trim();
            var length = UnicodeText.Length(text);

            // Composition makes a text at most four times shorter; a longer one is not worth the work.
            if (length <= 4 * definition.Maximum)
            {
                text = UnicodeText.Normalize(definition.Kind == ParameterKind.MultilineText ? text.ReplaceLineEndings("\n") : text);
                length = UnicodeText.Length(text);
            }

            if (length >= definition.Minimum && length <= definition.Maximum && !text.Any(letter => IsRefused(letter, definition)))
            {
                return text;
            }

            findings.Error(
                pointer, ObjectReader.Found(value), SpecFindingCode.WrongText,
                ("member", definition.Name), ("allowed", definition), ("length", length));
        }
        else
        {
            Refuse(findings, value, definition, pointer, SpecFindingCode.WrongType, null);
        }

        return definition.Default?.Text ?? "";
    }

    private static string Time(JsonElement value, ParameterDefinition definition, string pointer, FindingList findings)
    {
        // A time without offset would be of the time zone of the machine.
        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time)
            && value.GetString()!.Split('T') is [_, var clock] && clock.AsSpan().ContainsAny('Z', '+', '-'))
        {
            return time.ToString("O", CultureInfo.InvariantCulture);
        }

        Refuse(findings, value, definition, pointer, SpecFindingCode.WrongType, definition.Default);
        return "";
    }

    private static bool IsRefused(char letter, ParameterDefinition definition) =>
        char.IsControl(letter) && !(definition.Kind == ParameterKind.MultilineText && letter is '\n' or '\t');

    private static bool InRange(double number, ParameterDefinition definition) =>
        (definition.MinimumExclusive ? number > definition.Minimum : number >= definition.Minimum)
        && (definition.MaximumExclusive ? number < definition.Maximum : number <= definition.Maximum);

    // The limit that a number in range becomes in float32, in which it is used; null: none.
    private static double? RoundedToLimit(double number, ParameterDefinition definition) =>
        definition is { MinimumExclusive: true, Minimum: { } minimum } && (float)number <= (float)minimum ? minimum
        : definition is { MaximumExclusive: true, Maximum: { } maximum } && (float)number >= (float)maximum ? maximum
        : null;

    private static void Refuse(
        FindingList findings, JsonElement value, ParameterDefinition definition, string pointer, SpecFindingCode code, object? suggested) => findings.Error(
            pointer, ObjectReader.Found(value), code, ("member", definition.Name), ("allowed", definition), ("suggested", suggested));

    // The nearest permitted round number: an open end gives the default or the middle instead of the end itself.
    private static double Clamp(double number, ParameterDefinition definition)
    {
        var minimum = definition.Minimum ?? double.MinValue;
        var maximum = definition.Maximum ?? double.MaxValue;
        return (definition.MinimumExclusive && number <= minimum) || (definition.MaximumExclusive && number >= maximum)
            ? definition.Default?.Number ?? ((minimum + maximum) / 2)
            : Math.Clamp(number, minimum, maximum);
    }
}
