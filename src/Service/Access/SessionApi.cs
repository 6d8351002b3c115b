using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Access;

/// <summary>Signs a browser in and out: exchanges a token for a cookie that scripts cannot read.</summary>
internal static class SessionApi
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static void MapSession(this IEndpointRouteBuilder api)
    {
        var session = api.MapGroup("/session").WithTags("Access").AllowAnonymous();
        session.MapGet("", Get).WithName("getSession").WithSummary("Get the current session");
        session.MapPost("", SignInAsync).WithName("signIn").WithSummary("Sign in: exchange a token for a session cookie")
            .WithDescription("Takes a token of this service, or an access token of its OpenID Connect provider. The cookie ends with its token, and after 30 days. Wrong tokens are limited for each address.")
            .ProducesBodyProblems().WithExample("token", "A token from 'trainyard token create' or POST /api/v1/tokens", $$"""{ "token": "{{TokenStore.Prefix}}..." }""")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        session.MapDelete("", SignOutAsync).WithName("signOut").WithSummary("Sign out: end the session of the cookie");
    }

    private static Ok<Session> Get(HttpContext context, IOptions<AccessOptions> options)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(options.Value.Authentication == AuthenticationKind.None
            ? new Session { Authentication = "none", Name = null, Scope = null, Provider = null }
            : SessionOf(context.User, options.Value));
    }

    private static async Task<Results<Ok<Session>, ProblemHttpResult>> SignInAsync(
        SessionRequest request, HttpContext context, IOptions<AccessOptions> options, TokenStore tokens, SignInLimiter limiter, CancellationToken cancellationToken)
    {
        if (options.Value.Authentication == AuthenticationKind.None)
        {
            return Problem.Create(
                StatusCodes.Status409Conflict, "authentication-off", "There is nothing to sign in to.",
                "Authentication is off (Access:Authentication is none): every request may do everything.");
        }

        var address = context.Connection.RemoteIpAddress;
        if (limiter.Wait(address) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problem.Create(
                StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many wrong tokens.",
                $"{options.Value.WrongTokensPerMinute} wrong tokens came from this address within a minute; try again in {Math.Ceiling(wait.TotalSeconds):F0} s.");
        }

        var ofProvider = options.Value.Oidc.Authority is not null && Oidc.MayHaveMade(request.Token);
        var (token, problem) = ofProvider ? await FindAsync(context, request.Token) : (await tokens.FindAsync(request.Token, cancellationToken), null);
        if (token is null)
        {
            limiter.CountWrong(address);
            return problem ?? WrongToken("The token is unknown, revoked or expired. An administrator makes tokens on the page, or with 'trainyard token create'.");
        }

        var (cookie, expiresAt) = await tokens.CreateSessionAsync(token, Lifetime, cancellationToken);
        context.Response.Cookies.Append(Credentials.CookieName, cookie, CookieOptions(context.Request, expiresAt));
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Session { Authentication = "tokens", Name = token.Name, Scope = token.Scope, Provider = options.Value.Oidc.Authority });
    }

    // Of a token of the OpenID Connect provider.
    private static async Task<(ValidToken? Token, ProblemHttpResult? Problem)> FindAsync(HttpContext context, string token)
    {
        var result = await Oidc.AuthenticateAsync(context, token);
        return result is not { Principal: { } user } ? (null, WrongToken(result.Failure?.Message ?? "The token is not valid."))
            : user.Scope() is not { } scope ? (null, Problem.Create(
                StatusCodes.Status403Forbidden, "not-allowed", "You may not do this.", "The token is valid, but has no scope for this service (Access:Oidc:ScopeClaim)."))
            : (new ValidToken(Id: null, user.Name()!, scope, result.Properties?.ExpiresUtc), null);
    }

    private static ProblemHttpResult WrongToken(string detail) =>
        Problem.Create(StatusCodes.Status401Unauthorized, "wrong-token", "The token is not valid.", detail);

    private static Session SessionOf(ClaimsPrincipal user, AccessOptions options) =>
        new() { Authentication = "tokens", Name = user.Name(), Scope = user.Scope(), Provider = options.Oidc.Authority };

    private static async Task<NoContent> SignOutAsync(HttpContext context, TokenStore tokens, CancellationToken cancellationToken)
    {
        if (Credentials.Cookie(context.Request) is { } cookie)
        {
            await tokens.EndSessionAsync(cookie, cancellationToken);
            context.Response.Cookies.Delete(Credentials.CookieName, CookieOptions(context.Request, expiresAt: null));
        }

        return TypedResults.NoContent();
    }

    // A proxy may speak HTTPS to the browser and HTTP to the service; the browser says so in Origin.
    private static CookieOptions CookieOptions(HttpRequest request, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps || request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase),
        Path = "/",
        Expires = expiresAt,
    };
}

/// <summary>Who a request is signed in as.</summary>
public sealed record Session
{
    /// <summary>none: every request may do everything; tokens: requests need a token or a session cookie.</summary>
    public required string Authentication { get; init; }

    /// <summary>Name of the token or subject of OpenID Connect; null when not signed in.</summary>
    public required string? Name { get; init; }

    /// <summary>What the request may do: read, submit (read, and one's own runs) or admin (everything); null when not signed in.</summary>
    public required AccessScope? Scope { get; init; }

    /// <summary>Address of the OpenID Connect provider whose access tokens are accepted besides those of this service; null without one.</summary>
    public required string? Provider { get; init; }
}

/// <summary>Signs in.</summary>
[OptionalMembers]
public sealed record SessionRequest
{
    /// <summary>A token of this service, or an access token of its OpenID Connect provider.</summary>
    [Text(1, 10_000)]
    public required string Token { get; init; }
}
