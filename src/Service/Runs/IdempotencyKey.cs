using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;

namespace Trainyard.Service.Runs;

/// <summary>The header with which a repeated request makes one run instead of two.</summary>
internal static class IdempotencyKey
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Longest key.</summary>
    public const int MaximumLength = 200;

    /// <summary>What is wrong with a key; null: nothing.</summary>
    public static ProblemHttpResult? Check(string? key) =>
        key is not null && (key.Length is 0 or > MaximumLength || key.Any(sign => sign is < ' ' or > '~'))
            ? Problem.BadParameter(Header, key, $"1 to {MaximumLength} printable ASCII characters")
            : null;

    /// <summary>409: the key made a run that is not the one asked for.</summary>
    public static ProblemHttpResult Reused(string? key) => Problem.Of(
        StatusCodes.Status409Conflict,
        "key-reused",
        "The Idempotency-Key was used for another spec.",
        $"Key '{key}' already made a run with a different spec or parent; use a new key for a new run.");
}
