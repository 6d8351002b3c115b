using System.ComponentModel.DataAnnotations;

namespace Trainyard.Service.Webhooks;

/// <summary>Addresses that are told when a run ends: configuration section <c>Webhooks</c>, as in <c>Webhooks__Urls</c>. See docs/webhooks.md.</summary>
internal sealed record WebhookOptions : IValidatableObject
{
    public const string Section = "Webhooks";

    /// <summary>http or https addresses, separated by commas. Default: none. Every API process of one installation must use the same.</summary>
    public string? Urls { get; set; }

    /// <summary>Key of the signatures: text, or <c>whsec_</c> and base64. Default: none, then deliveries are not signed.</summary>
    public string? Secret { get; set; }

    /// <summary>Seconds until an attempt without a response has failed. Default 10, from 1 to 60.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Seconds from the first failed attempt to the second; the pauses grow from there. Default 5, from 1 to 3,600.</summary>
    [Range(1, 3600)]
    public int RetrySeconds { get; set; } = 5;

    public IReadOnlyList<string> Addresses =>
        [.. (Urls ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var address in Addresses)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                yield return new($"{Section}:{nameof(Urls)} has '{address}'; http and https addresses are allowed, separated by commas.", [nameof(Urls)]);
            }
        }

        if (!string.IsNullOrEmpty(Secret) && !WebhookSignature.TryReadKey(Secret, out _))
        {
            yield return new($"{Section}:{nameof(Secret)} is not base64 after {WebhookSignature.KeyPrefix}.", [nameof(Secret)]);
        }
    }
}
