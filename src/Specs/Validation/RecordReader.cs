using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Validation;

/// <summary>Result of <see cref="RecordReader"/>.</summary>
public sealed record RecordReading
{
    /// <summary>The document as canonical JSON in UTF-8, which the record is deserialized from; null when there are findings.</summary>
    public required byte[]? Document { get; init; }

    /// <summary>Whether the document is not JSON.</summary>
    public bool Malformed { get; init; }

    /// <summary>The errors.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }
}

/// <summary>
/// Reads the document of a record by the rules of specs, and reports everything that is wrong with it at once. The record tells what is allowed: its members by
/// name, type and nullability, <see cref="TextAttribute"/> for every string, <see cref="NumberAttribute"/> for every number and <see cref="ItemsAttribute"/>
/// for every list.
/// </summary>
public static class RecordReader
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Member>> Records = new();

    /// <summary>Reads a document. Never throws for its content.</summary>
    /// <param name="record">Type of the record.</param>
    /// <param name="utf8Json">The document in UTF-8, with or without a byte order mark.</param>
    /// <exception cref="NotSupportedException">The record has a member of a type that documents do not have.</exception>
    public static RecordReading Read(Type record, ReadOnlyMemory<byte> utf8Json) => StrictJson.Read(
        utf8Json, root => Read(record, root), malformed => new RecordReading { Document = null, Malformed = true, Findings = [malformed] });

    private static RecordReading Read(Type record, JsonElement root)
    {
        var findings = new FindingList();
        var document = ReadRecord(findings, "", root, record);
        return new RecordReading
        {
            Document = findings.HasErrors ? null : JsonSerializer.SerializeToUtf8Bytes(document, SpecJson.Options),
            Findings = findings.Sorted(),
        };
    }

    private static JsonObject ReadRecord(FindingList findings, string pointer, JsonElement element, Type record) =>
        ObjectReader.Read(findings, pointer, element, members =>
        {
            var result = new JsonObject();
            foreach (var member in Records.GetOrAdd(record, MembersOf))
            {
                if (members.Member(member.Name) is { } value)
                {
                    result[member.Name] = ReadValue(findings, members.Child(member.Name), value, member);
                }
                else if (member.IsRequired && element.ValueKind == JsonValueKind.Object)
                {
                    findings.Error(
                        members.Child(member.Name), null, member.Definition is null ? SpecFindingCode.MissingMember : SpecFindingCode.MissingValue,
                        ("member", member.Name), ("allowed", member.Definition));
                }
            }

            return result;
        });

    private static JsonNode? ReadValue(FindingList findings, string pointer, JsonElement value, Member member) => member switch
    {
        { IsNullable: true } when value.ValueKind == JsonValueKind.Null => null,
        { Definition: { } definition } => ToNode(ParameterReader.Value(value, definition, pointer, findings)),
        { Item: { } item } => new JsonArray(
        [
            .. ObjectReader.Items(findings, pointer, value, member.Name, member.MinimumItems, member.MaximumItems)
                .Select((element, index) => ReadValue(findings, $"{pointer}/{index}", element, item)),
        ]),
        { Record: { } record } => ReadRecord(findings, pointer, value, record),
        _ => ReadAny(findings, pointer, value),
    };

    // Any JSON, in which names may not repeat either.
    private static JsonNode? ReadAny(FindingList findings, string pointer, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ObjectReader.Read(findings, pointer, value, members => new JsonObject(
            members.AllMembers().Select(member => KeyValuePair.Create(member.Key, ReadAny(findings, members.Child(member.Key), member.Value))))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select((item, index) => ReadAny(findings, $"{pointer}/{index}", item))]),
        JsonValueKind.String => JsonValue.Create(value.GetString()),
        JsonValueKind.Number when value.GetDouble() is var number && double.IsFinite(number) => ToNode(number + 0.0),
        JsonValueKind.Null => null,
        _ => JsonNode.Parse(value.GetRawText()),
    };

    private static JsonNode? ToNode(ParameterValue value) => JsonSerializer.SerializeToNode(value, SpecJson.Options);

    private static List<Member> MembersOf(Type record) =>
    [
        .. record.GetProperties().Where(property => property.CanWrite).Select(property => MemberOf(property, new NullabilityInfoContext().Create(property)) with
        {
            IsRequired = property.GetCustomAttribute<RequiredMemberAttribute>() is not null,
        }),
    ];

    private static Member MemberOf(PropertyInfo property, NullabilityInfo value)
    {
        var type = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        var member = new Member(JsonNamingPolicy.CamelCase.ConvertName(property.Name), value.ReadState == NullabilityState.Nullable);
        if (type == typeof(JsonElement))
        {
            return member;
        }

        if (value.GenericTypeArguments is [var item] && typeof(IEnumerable<>).MakeGenericType(item.Type).IsAssignableFrom(type)
            && property.GetCustomAttribute<ItemsAttribute>() is { } items)
        {
            return member with { Item = MemberOf(property, item), MinimumItems = items.Minimum, MaximumItems = items.Maximum };
        }

        if (DefinitionOf(property, type, member) is { } definition)
        {
            return member with { Definition = definition };
        }

        return type is { IsClass: true, IsGenericType: false } && type != typeof(string)
            ? member with { Record = type }
            : throw new NotSupportedException($"{property.DeclaringType}.{property.Name} has a type, or lacks the attribute, that {nameof(RecordReader)} needs.");
    }

    private static ParameterDefinition? DefinitionOf(PropertyInfo property, Type type, Member member)
    {
        ParameterDefinition Define(ParameterKind kind, double? minimum = null, double? maximum = null, IReadOnlyList<string>? choices = null) => new()
        {
            Name = member.Name,
            Kind = kind,
            Minimum = minimum,
            Maximum = maximum,
            Choices = choices,
            Nullable = member.IsNullable,
            Explanation = "",
        };
        return type == typeof(bool) ? Define(ParameterKind.Boolean)
            : type == typeof(DateTimeOffset) ? Define(ParameterKind.Time)
            : type.IsEnum ? Define(ParameterKind.Choice, choices: [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)])
            : (type == typeof(int) || type == typeof(double)) && property.GetCustomAttribute<NumberAttribute>() is { } number
                ? Define(type == typeof(int) ? ParameterKind.Integer : ParameterKind.Number, number.Minimum, number.Maximum) with { MinimumExclusive = number.MinimumExclusive }
            : type == typeof(string) && property.GetCustomAttribute<TextAttribute>() is { } text
                ? Define(text.Multiline ? ParameterKind.MultilineText : ParameterKind.Text, text.Minimum, text.Maximum)
            : null;
    }

    // A value of a document: of a definition, a list, a record, or any JSON.
    private sealed record Member(string Name, bool IsNullable)
    {
        public bool IsRequired { get; init; }

        public ParameterDefinition? Definition { get; init; }

        public Member? Item { get; init; }

        public int MinimumItems { get; init; }

        public int MaximumItems { get; init; }

        public Type? Record { get; init; }
    }
}
