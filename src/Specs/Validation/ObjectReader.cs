using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Validation;

/// <summary>
/// Reads the members of one JSON object against their definitions. Every problem becomes a finding and every read returns a usable value, so
/// that one pass finds everything. <see cref="Done"/> reports the members that nobody asked for.
/// </summary>
internal sealed class ObjectReader
{
    private readonly FindingList findings;
    private readonly string pointer;
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    // Members of an object that is missing or of a wrong type are not missed one by one: the object itself was reported.
    private readonly bool reported;

    /// <param name="findings">Where findings go.</param>
    /// <param name="pointer">JSON pointer of the object.</param>
    /// <param name="element">The object; null when it was left out and all of its members take their defaults.</param>
    /// <param name="reported">Whether the object's absence was reported already.</param>
    public ObjectReader(FindingList findings, string pointer, JsonElement? element, bool reported = false)
    {
        this.findings = findings;
        this.pointer = pointer;
        this.reported = reported;
        if (element is not { } value)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            this.reported = true;
            findings.Error(pointer, Found(value), SpecFindingCode.NotAnObject);
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value))
            {
                findings.Error(Child(member.Name), Found(member.Value), SpecFindingCode.DuplicateMember, ("member", Shorten(member.Name)));
            }
        }
    }

    public int Integer(ParameterDefinition definition) => IntegerOrNull(definition) ?? (int)(definition.Minimum ?? 0);

    public int? IntegerOrNull(ParameterDefinition definition) => (int?)NumberOrNull(definition);

    public double Number(ParameterDefinition definition) => NumberOrNull(definition) ?? definition.Minimum ?? 0;

    public double? NumberOrNull(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Number(value, definition, Child(definition.Name), findings) : definition.Default?.Number;

    public string Text(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Text(value, definition, Child(definition.Name), findings) : definition.Default?.Text ?? "";

    public bool Flag(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Flag(value, definition, Child(definition.Name), findings) : definition.Default is { Flag: true };

    /// <summary>A parameter of any kind.</summary>
    public ParameterValue Value(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Value(value, definition, Child(definition.Name), findings) : definition.Default ?? 0;

    /// <summary>The word of a choice; null when it is missing or wrong and has no default.</summary>
    public string? ChoiceText(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Choice(value, definition, Child(definition.Name), findings) : definition.Default?.Text;

    public TEnum Choice<TEnum>(ParameterDefinition definition)
        where TEnum : struct, Enum
    {
        var word = ChoiceText(definition);
        return word is null ? default : Enum.Parse<TEnum>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }

    /// <summary>Whether the member is that word; marks it as known.</summary>
    public bool IsText(string name, string word)
    {
        known.Add(name);
        return members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(word);
    }

    /// <summary>true and false as such; false also when the member is null or left out; null when it is something else.</summary>
    public bool? FlagOrNull(string name)
    {
        known.Add(name);
        return !members.TryGetValue(name, out var value) ? false : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => null,
        };
    }

    /// <summary>Whether the member is given and says no: false, null or "off". For what is on when it is left out.</summary>
    public bool IsOff(string name) => members.ContainsKey(name) && (IsText(name, "off") || FlagOrNull(name) is false);

    /// <summary>Whether the member is there and not null; does not mark it as known.</summary>
    public bool Has(string name) => members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Reports the object as a whole.</summary>
    public void Refuse(SpecFindingCode code, params (string Name, object? Value)[] arguments) => findings.Error(pointer, null, code, arguments);

    /// <summary>An object that may be null or left out; true means all defaults.</summary>
    public T? ObjectOrNull<T>(string name, Func<ObjectReader, T> read)
        where T : class => FlagOrNull(name) is false ? null : read(Object(name, acceptsTrue: true));

    public ObjectReader Object(string name, bool required = false, bool acceptsTrue = false)
    {
        known.Add(name);
        if (members.TryGetValue(name, out var value))
        {
            return new ObjectReader(findings, Child(name), acceptsTrue && value.ValueKind == JsonValueKind.True ? null : value);
        }

        if (required && !reported)
        {
            findings.Error(Child(name), null, SpecFindingCode.MissingObject, ("member", name));
        }

        return new ObjectReader(findings, Child(name), null, reported: required);
    }

    public IReadOnlyList<T> Objects<T>(string name, int minimum, int maximum, Func<ObjectReader, T> read) =>
        [.. Items(name, minimum, maximum).Select((item, index) => read(new ObjectReader(findings, $"{Child(name)}/{index}", item)))];

    public IReadOnlyList<int> Integers(ParameterDefinition definition, int maximum) =>
    [
        .. Items(definition.Name, 0, maximum).Select((item, index) =>
            (int)(ParameterReader.Number(item, definition, $"{Child(definition.Name)}/{index}", findings) ?? 1)),
    ];

    /// <summary>A technique: its name alone, or an object with its name and parameters.</summary>
    public TechniqueChoice Technique(string name, TechniqueKind kind, string? defaultName)
    {
        known.Add(name);
        if (members.TryGetValue(name, out var value))
        {
            return TechniqueReader.Read(findings, Child(name), kind, value);
        }

        if (defaultName is null && !reported)
        {
            findings.Error(
                Child(name), null, SpecFindingCode.MissingTechnique, [("member", name), .. TechniqueReader.Choices(kind, TechniqueCatalog.Of(kind)[0].Name)]);
        }

        return TechniqueCatalog.Default(kind, defaultName ?? TechniqueCatalog.Of(kind)[0].Name);
    }

    /// <summary>A technique that may be null or left out.</summary>
    public TechniqueChoice? TechniqueOrNull(string name, TechniqueKind kind)
    {
        known.Add(name);
        return Has(name) ? Technique(name, kind, null) : null;
    }

    /// <summary>Reports every member that was not read.</summary>
    public void Done()
    {
        foreach (var (name, value) in members.Where(member => !known.Contains(member.Key)))
        {
            findings.Error(
                Child(name), Found(value), SpecFindingCode.UnknownMember,
                ("member", Shorten(name)), ("known", known), ("suggested", Spelling.Nearest(name, known)));
        }
    }

    public static string Found(JsonElement value) => Shorten(value.GetRawText());

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..77]}...";

    private string Child(string name)
    {
        var token = Shorten(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return $"{pointer}/{token}";
    }

    // The member's value; null when it is left out (reported if it must be given) or a permitted null.
    private JsonElement? Take(ParameterDefinition definition)
    {
        known.Add(definition.Name);
        if (members.TryGetValue(definition.Name, out var value))
        {
            return definition.Nullable && value.ValueKind == JsonValueKind.Null ? null : value;
        }

        if (definition is { Default: null, Nullable: false } && !reported)
        {
            findings.Error(
                Child(definition.Name), null, SpecFindingCode.MissingValue, ("member", definition.Name), ("allowed", AllowedValue.Of(definition)));
        }

        return null;
    }

    private IReadOnlyList<JsonElement> Items(string name, int minimum, int maximum)
    {
        known.Add(name);
        if (!members.TryGetValue(name, out var value))
        {
            if (minimum > 0 && !reported)
            {
                findings.Error(Child(name), null, SpecFindingCode.MissingList, ("member", name), ("minimum", minimum), ("maximum", maximum));
            }

            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() < minimum || value.GetArrayLength() > maximum)
        {
            findings.Error(Child(name), Found(value), SpecFindingCode.WrongList, ("member", name), ("minimum", minimum), ("maximum", maximum));
            return [];
        }

        return [.. value.EnumerateArray()];
    }
}
