using System.Text.Json;
using Trainyard.Specs.Findings;

namespace Trainyard.Specs.Validation;

/// <summary>Parses documents: JSON in UTF-8, with or without a byte order mark, of a bounded depth.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    // Reads the root of a document. malformed: The result for a document that is not JSON.
    public static T Read<T>(ReadOnlyMemory<byte> utf8Json, Func<JsonElement, T> read, Func<SpecFinding, T> malformed)
    {
        if (utf8Json.Span.StartsWith("\uFEFF"u8))
        {
            utf8Json = utf8Json[3..];
        }

        if (utf8Json.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return malformed(Malformed("it is empty."));
        }

        try
        {
            using var document = JsonDocument.Parse(utf8Json, Options);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: invalid UTF-8 or UTF-16 in a string is only noticed when it is read.
            return malformed(Malformed(exception.Message));
        }
    }

    private static SpecFinding Malformed(string detail) =>
        SpecFinding.Error("", null, SpecFindingCode.MalformedJson, ("detail", detail), ("maximumDepth", Options.MaxDepth));
}
