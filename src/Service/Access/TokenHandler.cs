using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Trainyard.Service.Store;

namespace Trainyard.Service.Access;

/// <summary>Accepts the service's own tokens, and the cookies that they were exchanged for.</summary>
internal sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenStore tokens, StoreWatch store)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Token";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Credentials.Token(Request);
        var cookie = token is null ? Credentials.Cookie(Request) : null;
        if (token is null && cookie is null)
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            var valid = await store.WaitAsync(token is not null
                ? tokens.FindAsync(token, CancellationToken.None)
                : tokens.FindBySessionAsync(cookie!, CancellationToken.None));
            return valid is null
                ? AuthenticateResult.Fail(token is not null ? "The token is unknown, revoked or expired." : "The session has ended: its token was revoked, or either has expired.")
                : AuthenticateResult.Success(new AuthenticationTicket(
                    Caller.Create(Name, valid.Name, valid.Scope, valid.Id), new AuthenticationProperties { ExpiresUtc = valid.ExpiresAt }, Name));
        }
        catch (Exception exception) when (StoreFailure.IsUnavailable(exception) && Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            // What anyone may ask, such as whether the process lives, does not wait for the database.
            return AuthenticateResult.NoResult();
        }
    }
}

/// <summary>Without authentication, everyone may do everything.</summary>
internal sealed class EveryoneHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Everyone";

    private static readonly AuthenticationTicket Ticket = new(Caller.Create(Name, name: null, AccessScope.Admin), Name);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(Ticket));
}

/// <summary>Where a request carries its token.</summary>
internal static class Credentials
{
    public const string CookieName = "trainyard_session";

    private const string Bearer = "Bearer ";

    // The header; for the hub also the query, since a browser sets no headers on a web socket.
    public static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase) && request.Query["access_token"] is [{ Length: > 0 } text] ? text
            : null;
    }

    public static string? Cookie(HttpRequest request) => request.Cookies[CookieName];
}
