using System.Globalization;
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
            .WithDescription("The cookie ends with its token, and after 30 days. Wrong tokens are limited for each address.")
            .ProducesBodyProblems().WithExample("token", "A token from 'trainyard token create' or POST /api/v1/tokens", $$"""{ "token": "{{TokenStore.Prefix}}..." }""")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests);
        session.MapDelete("", SignOutAsync).WithName("signOut").WithSummary("Sign out: end the session of the cookie");
    }

    private static Ok<Session> Get(HttpContext context, IOptions<AccessOptions> options)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(options.Value.Authentication == AuthenticationKind.None
            ? new Session { Authentication = "none", Name = null, Scope = null }
            : new Session { Authentication = "tokens", Name = context.User.Name(), Scope = context.User.Scope() });
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
                $"{options.Value.WrongTokensPerMinute} wrong tokens came from this address within a minute; try again after the time in Retry-After.");
        }

        if (await tokens.FindAsync(request.Token, cancellationToken) is not { } token)
        {
            limiter.CountWrong(address);
            return Problem.Create(
                StatusCodes.Status401Unauthorized, "wrong-token", "The token is not valid.",
                "The token is unknown, revoked or expired. An administrator makes tokens on the page, or with 'trainyard token create'.");
        }

        var (cookie, expiresAt) = await tokens.CreateSessionAsync(token.Id, Lifetime, cancellationToken);
        context.Response.Cookies.Append(Credentials.CookieName, cookie, CookieOptions(context.Request, expiresAt));
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Session { Authentication = "tokens", Name = token.Name, Scope = token.Scope });
    }

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
}

/// <summary>Signs in.</summary>
[OptionalMembers]
public sealed record SessionRequest
{
    /// <summary>A token of this service.</summary>
    [Text(1, 200)]
    public required string Token { get; init; }
}
