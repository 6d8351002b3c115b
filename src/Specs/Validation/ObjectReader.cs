using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Validation;

// Reads the members of one JSON object against their definitions. Every problem becomes a finding and every read returns a usable value, so that one pass finds
// everything.
internal sealed class ObjectReader
{
    private readonly FindingList findings;
    private readonly string pointer;
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    // The members of an object that is missing or of a wrong type are not reported one by one.
    private readonly bool isReported;

    private ObjectReader(FindingList findings, string pointer, JsonElement? element, bool isReported)
    {
        this.findings = findings;
        this.pointer = pointer;
        this.isReported = isReported;
        if (element is not { } value)
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            this.isReported = true;
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

    // Reads an object, and reports its members that were not read.
    // pointer: JSON pointer of the object. element: The object; null when it is left out and all of its members have their defaults.
    public static T Read<T>(FindingList findings, string pointer, JsonElement? element, Func<ObjectReader, T> read, bool isReported = false)
    {
        var reader = new ObjectReader(findings, pointer, element, isReported);
        var result = read(reader);
        foreach (var (name, value) in reader.members.Where(member => !reader.known.Contains(member.Key)))
        {
            findings.Error(
                reader.Child(name), Found(value), SpecFindingCode.UnknownMember,
                ("member", Shorten(name)), ("known", reader.known), ("suggested", Spelling.Nearest(name, reader.known)));
        }

        return result;
    }

    public int Integer(ParameterDefinition definition) => IntegerOrNull(definition) ?? (int)(definition.Minimum ?? 0);

    public int? IntegerOrNull(ParameterDefinition definition) => (int?)NumberOrNull(definition);

    public double Number(ParameterDefinition definition) => NumberOrNull(definition) ?? definition.Minimum ?? 0;

    /// <summary>A number that may be null; null is a value of its own, only a member that is left out takes the default.</summary>
    public double? NumberOrNull(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Number(value, definition, Child(definition.Name), findings)
        : members.ContainsKey(definition.Name) ? null
        : definition.Default?.Number;

    public string Text(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Text(value, definition, Child(definition.Name), findings) : definition.Default?.Text ?? "";

    public bool Flag(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Flag(value, definition, Child(definition.Name), findings) : definition.Default is { Flag: true };

    public ParameterValue Value(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Value(value, definition, Child(definition.Name), findings) : definition.Default ?? 0;

    /// <summary>A choice as text; null when it is missing or wrong and has no default.</summary>
    public string? ChoiceText(ParameterDefinition definition) =>
        Take(definition) is { } value ? ParameterReader.Choice(value, definition, Child(definition.Name), findings) : definition.Default?.Text;

    public TEnum Choice<TEnum>(ParameterDefinition definition)
        where TEnum : struct, Enum
    {
        var text = ChoiceText(definition);
        return text is null ? default : Enum.Parse<TEnum>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }

    public bool IsText(string name, string text)
    {
        known.Add(name);
        return members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
    }

    /// <summary>A member that another reader reads; null when it is left out.</summary>
    public JsonElement? Member(string name)
    {
        known.Add(name);
        return members.TryGetValue(name, out var value) ? value : null;
    }

    /// <summary>Every member, for an object whose members have any name.</summary>
    public IReadOnlyDictionary<string, JsonElement> AllMembers()
    {
        IgnoreUnknown();
        return members;
    }

    /// <summary>Reports no member of this object as unknown: which it may have depends on a member that is wrong.</summary>
    public void IgnoreUnknown() => known.UnionWith(members.Keys);

    /// <summary>Reports the object as a whole.</summary>
    public void Refuse(SpecFindingCode code, params (string Name, object? Value)[] arguments) => findings.Error(pointer, null, code, arguments);

    /// <summary>An object; when it is left out, all of its members have their defaults.</summary>
    public T Object<T>(string name, Func<ObjectReader, T> read, bool isRequired = false)
    {
        var value = Member(name);
        if (isRequired && value is null && !isReported)
        {
            findings.Error(Child(name), null, SpecFindingCode.MissingObject, ("member", name));
        }

        return Read(findings, Child(name), value, read, isRequired && value is null);
    }

    // Settings that can be turned off: by false, null or "off". True stands for all defaults.
    public T? Optional<T>(string name, Func<ObjectReader, T> read, bool isOn = false)
        where T : class
    {
        var value = Member(name);
        var kind = value?.ValueKind ?? (isOn ? JsonValueKind.True : JsonValueKind.False);
        return kind is JsonValueKind.False or JsonValueKind.Null || IsText(name, "off")
            ? null
            : Read(findings, Child(name), kind == JsonValueKind.True ? null : value, read);
    }

    public IReadOnlyList<T> Objects<T>(string name, int minimum, int maximum, Func<ObjectReader, T> read) =>
        [.. Items(name, minimum, maximum).Select((item, index) => Read(findings, $"{Child(name)}/{index}", item, read))];

    public IReadOnlyList<int> Integers(ParameterDefinition definition, int maximum) =>
    [
        .. Items(definition.Name, 0, maximum).Select((item, index) =>
            (int)(ParameterReader.Number(item, definition, $"{Child(definition.Name)}/{index}", findings) ?? 1)),
    ];

    /// <summary>A technique: its name alone, or an object with its name and parameters. Without a default it is required.</summary>
    public TechniqueChoice Technique(string name, TechniqueKind kind, string? defaultName = null)
    {
        if (Member(name) is { } value)
        {
            return TechniqueReader.Read(findings, Child(name), kind, value);
        }

        if (defaultName is null && !isReported)
        {
            findings.Error(
                Child(name), null, SpecFindingCode.MissingTechnique, [("member", name), .. TechniqueReader.Choices(kind, TechniqueCatalog.OfKind(kind)[0].Name)]);
        }

        return TechniqueCatalog.Default(kind, defaultName ?? TechniqueCatalog.OfKind(kind)[0].Name);
    }

    /// <summary>A technique that may be null or left out.</summary>
    public TechniqueChoice? TechniqueOrNull(string name, TechniqueKind kind) =>
        Member(name) is { ValueKind: not JsonValueKind.Null } ? Technique(name, kind) : null;

    /// <summary>The items of an array; none after a finding.</summary>
    public static IReadOnlyList<JsonElement> Items(FindingList findings, string pointer, JsonElement value, string name, int minimum, int maximum)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() >= minimum && value.GetArrayLength() <= maximum)
        {
            return [.. value.EnumerateArray()];
        }

        findings.Error(pointer, Found(value), SpecFindingCode.WrongList, ("member", name), ("minimum", minimum), ("maximum", maximum));
        return [];
    }

    public static string Found(JsonElement value) => Shorten(value.GetRawText());

    /// <summary>JSON pointer to a member.</summary>
    public string Child(string name)
    {
        var token = Shorten(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return $"{pointer}/{token}";
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..77]}...";

    // The value of a member; null when it is a permitted null, or left out (reported if it is required).
    private JsonElement? Take(ParameterDefinition definition)
    {
        if (Member(definition.Name) is { } value)
        {
            return definition.Nullable && value.ValueKind == JsonValueKind.Null ? null : value;
        }

        if (definition is { Default: null, Nullable: false } && !isReported)
        {
            findings.Error(Child(definition.Name), null, SpecFindingCode.MissingValue, ("member", definition.Name), ("allowed", definition));
        }

        return null;
    }

    private IReadOnlyList<JsonElement> Items(string name, int minimum, int maximum)
    {
        if (Member(name) is { } value)
        {
            return Items(findings, Child(name), value, name, minimum, maximum);
        }

        if (minimum > 0 && !isReported)
        {
            findings.Error(Child(name), null, SpecFindingCode.MissingList, ("member", name), ("minimum", minimum), ("maximum", maximum));
        }

        return [];
    }
}
