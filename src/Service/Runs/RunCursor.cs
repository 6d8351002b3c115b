using System.Buffers.Text;
using System.Text.Json;

namespace Trainyard.Service.Runs;

/// <summary>Where a part of a list ended. For clients it is a word without meaning.</summary>
/// <param name="Sort">The order that it belongs to.</param>
/// <param name="Key">The last run's value, as text; null: it had none.</param>
/// <param name="Id">The last run.</param>
internal sealed record RunCursor(string Sort, string? Key, Guid Id)
{
    /// <summary>Reads what a client sends back; null: it is no cursor, or one of another order.</summary>
    public static RunCursor? Parse(string text, RunSort sort)
    {
        if (sort.Value is null)
        {
            return Guid.TryParse(text, out var id) ? new RunCursor(sort.Name, null, id) : null;
        }

        try
        {
            var cursor = JsonSerializer.Deserialize<RunCursor>(Base64Url.DecodeFromChars(text));
            return cursor is { Sort: not null } && cursor.Sort == sort.Name ? cursor : null;
        }
        catch (Exception bad) when (bad is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What a client gets. Where the id is the order, it is the id.</summary>
    public string Write(RunSort sort) => sort.Value is null ? $"{Id}" : Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));
}
