using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;

namespace Trainyard.Service.Runs;

/// <summary>The header that makes a repeated submission return the first run.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Description = "Repeating a request with the same key returns the first run.";

    public static ProblemHttpResult Reused(string? key) => Problem.Create(
        StatusCodes.Status409Conflict,
        "key-reused",
        "The Idempotency-Key was used for another spec.",
        $"Key '{key}' already created a run with a different spec or parent; use a new key for a new run.");
}

/// <summary>1 to 200 printable ASCII characters.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class IdempotencyKeyAttribute : StringLengthAttribute
{
    public IdempotencyKeyAttribute()
        : base(200) => MinimumLength = 1;

    public override bool IsValid(object? value) => base.IsValid(value) && (value as string ?? "").All(character => character is >= ' ' and <= '~');

    public override string FormatErrorMessage(string name) => $"The header {IdempotencyKey.Header} must have 1 to {MaximumLength} printable ASCII characters.";
}
