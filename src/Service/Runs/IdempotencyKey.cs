using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;

namespace Trainyard.Service.Runs;

/// <summary>The header that makes a repeated submission return the first run.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Description = "Repeating a request with the same key returns the first run.";

    public static ProblemHttpResult Reused(Guid id) => Problem.Create(
        StatusCodes.Status409Conflict,
        "key-reused",
        "The Idempotency-Key was used for another request.",
        $"A different request with this key created run {id}; use a new key for a new run.",
        ("run", id));
}

/// <summary>A request that creates one run however often it is repeated.</summary>
/// <param name="Key">Its <see cref="IdempotencyKey"/>.</param>
/// <param name="Sha256">Hash of what was requested, which stays the same when the run or its parent changes later.</param>
internal sealed record IdempotentRequest(string Key, string Sha256)
{
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
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
