using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Trainyard.Service.Store;

namespace Trainyard.Service.Access;

/// <summary>Accepts JWTs of an OpenID Connect provider.</summary>
internal static class Oidc
{
    public const string Scheme = "Oidc";

    // Validates the token in the body of a sign-in, which is in this item of the request.
    private const string SignInScheme = "OidcSignIn";
    private static readonly object SignInToken = new();

    public static void AddOidc(this AuthenticationBuilder authentication, OidcOptions options)
    {
        authentication.Services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>();
        authentication.AddScheme<JwtBearerOptions, JwtBearerHandler>(Scheme, null, bearer => Configure(bearer, options, context => Credentials.Token(context.Request)));
        authentication.AddScheme<JwtBearerOptions, JwtBearerHandler>(SignInScheme, null, bearer => Configure(bearer, options, context => context.Items[SignInToken] as string));
    }

    /// <summary>Whether a token can only be one of the provider: the service's own have a prefix.</summary>
    public static bool MayHaveMade(string token) => !token.StartsWith(TokenStore.Prefix, StringComparison.Ordinal);

    /// <summary>Who has this token of the provider, and until when; fails with the reason.</summary>
    public static Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string token)
    {
        context.Items[SignInToken] = token;
        return context.AuthenticateAsync(SignInScheme);
    }

    private static void Configure(JwtBearerOptions bearer, OidcOptions options, Func<HttpContext, string?> find)
    {
        bearer.Authority = options.Authority;
        bearer.Audience = options.Audience;
        bearer.MapInboundClaims = false;
        bearer.RequireHttpsMetadata = !(Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) && authority.IsLoopback);
        bearer.Events = new()
        {
            OnMessageReceived = context =>
            {
                context.Token = find(context.HttpContext);
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                var user = context.Principal!;
                if (user.FindFirstValue(options.NameClaim) is { Length: > 0 } name)
                {
                    context.Principal = Caller.Create(Scheme, name, Scope(user, options));
                }
                else
                {
                    context.Fail($"The token has no claim '{options.NameClaim}'.");
                }

                return Task.CompletedTask;
            },
            OnAuthenticationFailed = context =>
            {
                context.Fail(
                    $"The token is not one of this service, and not a valid one of {options.Authority} for '{options.Audience}': it may have expired, or the provider may not answer.");
                return Task.CompletedTask;
            },
        };
    }

    // The highest scope that the claim's values stand for; null when none does.
    private static AccessScope? Scope(ClaimsPrincipal user, OidcOptions options)
    {
        var values = user.FindAll(options.ScopeClaim).SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        return values.Contains(options.Admin) ? AccessScope.Admin
            : values.Contains(options.Submit) ? AccessScope.Submit
            : values.Contains(options.Read) ? AccessScope.Read
            : null;
    }
}
