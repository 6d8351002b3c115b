using System.Security.Claims;
using Trainyard.Service.Store;

namespace Trainyard.Service.Access;

/// <summary>Who sent a request, as claims: a name, a scope, and the token that says so.</summary>
internal static class Caller
{
    private const string NameClaim = "trainyard_name";
    private const string ScopeClaim = "trainyard_scope";
    private const string TokenClaim = "trainyard_token";

    public static ClaimsPrincipal Create(string scheme, string? name, AccessScope? scope, Guid? token = null)
    {
        List<Claim> claims = [];
        claims.AddRange(name is null ? [] : [new Claim(NameClaim, name)]);
        claims.AddRange(scope is null ? [] : [new Claim(ScopeClaim, scope.Value.ToString())]);
        claims.AddRange(token is null ? [] : [new Claim(TokenClaim, token.Value.ToString())]);
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, NameClaim, roleType: null));
    }

    /// <summary>Name of the token or subject of OIDC; null without authentication, and for a request that is not signed in.</summary>
    public static string? Name(this ClaimsPrincipal user) => user.FindFirstValue(NameClaim);

    public static AccessScope? Scope(this ClaimsPrincipal user) => Enum.TryParse<AccessScope>(user.FindFirstValue(ScopeClaim), out var scope) ? scope : null;

    /// <summary>The token of this service that the request came with, itself or as a cookie.</summary>
    public static Guid? TokenId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(TokenClaim), out var id) ? id : null;

    public static bool Has(this ClaimsPrincipal user, AccessScope scope) => user.Scope() >= scope;

    /// <summary>Whether it may change what this person created.</summary>
    public static bool MayChange(this ClaimsPrincipal user, string? createdBy) =>
        user.Has(AccessScope.Admin) || (user.Has(AccessScope.Submit) && createdBy is not null && createdBy == user.Name());
}
