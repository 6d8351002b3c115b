using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trainyard.Studies.Import;

/// <summary>
/// Reads a YAML document, or JSON, which is YAML too, as JSON. Plain scalars have the types of YAML 1.2's core schema, with <c>1e-4</c> a number.
/// </summary>
internal static partial class YamlDocument
{
    private const int MaximumDepth = 32;
    private const int MaximumNodes = 20_000;

    /// <exception cref="YamlException">The text is not YAML, or has aliases, or is too deep or too large.</exception>
    public static JsonNode? Read(string text)
    {
        // The parser's events instead of its documents: the depth is ours to bound, and an alias cannot multiply what it stands for.
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var nodes = 0;
        var root = ReadNode(parser, 0, ref nodes);
        parser.Consume<DocumentEnd>();
        return root;
    }

    private static JsonNode? ReadNode(Parser parser, int depth, ref int nodes)
    {
        var start = parser.Current?.Start ?? Mark.Empty;
        if (depth > MaximumDepth || ++nodes > MaximumNodes)
        {
            throw new YamlException(start, start, $"The document has more than {MaximumDepth} levels or {MaximumNodes} values.");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar is { Style: ScalarStyle.Plain or ScalarStyle.Any } && scalar.Tag.IsEmpty ? Plain(scalar.Value) : JsonValue.Create(scalar.Value);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            JsonArray items = [];
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(parser, depth + 1, ref nodes));
            }

            return items;
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            JsonObject members = [];
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = parser.Consume<Scalar>();
                if (members.ContainsKey(key.Value))
                {
                    throw new YamlException(key.Start, key.End, $"'{key.Value}' appears twice.");
                }

                members[key.Value] = ReadNode(parser, depth + 1, ref nodes);
            }

            return members;
        }

        throw new YamlException(start, start, "Aliases are not supported.");
    }

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when Number().IsMatch(text) && double.Parse(text, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
