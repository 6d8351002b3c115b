using System.ComponentModel.DataAnnotations;

namespace Trainyard.Service.Access;

/// <summary>Who may use the service: configuration section <c>Access</c>, as in <c>Access__Authentication=tokens</c>.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>How a request proves who sent it. Default: none, which the service accepts on loopback addresses only.</summary>
    public AuthenticationKind Authentication { get; set; } = AuthenticationKind.None;

    // Wrong tokens from one address at POST /api/v1/session within a minute, after which it is refused for the rest of it. Default: 10. Range: 1 to 10,000.
    [Range(1, 10_000)]
    public int WrongTokensPerMinute { get; set; } = 10;

    /// <summary>What one person may take up.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>Tokens of an OpenID Connect provider, besides the service's own.</summary>
    public OidcOptions Oidc { get; set; } = new();
}

internal enum AuthenticationKind
{
    /// <summary>Everyone who reaches the service may do everything.</summary>
    None,

    /// <summary>Tokens of this service, and those of an OpenID Connect provider if one is set.</summary>
    Tokens,
}

// Which tokens of an OpenID Connect provider are accepted: JWTs that it signed for this audience.
internal sealed record OidcOptions
{
    /// <summary>Address of the provider, as in <c>https://login.example/realms/lab</c>. Default: none, no provider.</summary>
    public string? Authority { get; set; }

    /// <summary>The audience that tokens must name; required with an authority.</summary>
    public string? Audience { get; set; }

    // The claim that identifies a person, who then owns the runs under it. Default: sub. Take no claim that people can change themselves.
    public string NameClaim { get; set; } = "sub";

    /// <summary>The claim with the scopes: a text with values separated by spaces, or an array. Default: scope; others are roles and groups.</summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>Value of the claim for scope read. Default: trainyard.read.</summary>
    public string Read { get; set; } = "trainyard.read";

    /// <summary>Value of the claim for scope submit. Default: trainyard.submit.</summary>
    public string Submit { get; set; } = "trainyard.submit";

    /// <summary>Value of the claim for scope admin. Default: trainyard.admin.</summary>
    public string Admin { get; set; } = "trainyard.admin";
}
