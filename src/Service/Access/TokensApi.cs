using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Access;

/// <summary>Creates, lists and revokes tokens.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("Access").RequireScope(AccessScope.Admin);
        tokens.MapPost("", CreateAsync).WithName("createToken").WithSummary("Create a token")
            .WithDescription("Only this response has the token itself; the service stores its SHA-256. Runs belong to the name: tokens of the same name act for the same person.")
            .ProducesBodyProblems()
            .WithExample("student", "For a person who submits runs", """{ "name": "Kim Minji", "scope": "submit", "expiresAt": "2099-12-31T23:59:59Z" }""")
            .WithExample("board", "For a display that only reads", """{ "name": "Lab display", "scope": "read" }""");
        tokens.MapGet("", ListAsync).WithName("listTokens").WithSummary("List tokens, latest first");
        tokens.MapDelete("/{id:guid}", RevokeAsync).WithName("revokeToken").WithSummary("Revoke a token")
            .WithDescription("Requests with the token or with a cookie that it was exchanged for are refused from now on. Its runs are kept. No effect on a revoked token.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<NewToken>, ProblemHttpResult>> CreateAsync(
        TokenRequest request, HttpContext context, TokenStore tokens, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.ExpiresAt <= clock.GetUtcNow())
        {
            return BodyProblem.InvalidBody([SpecFinding.Error("/expiresAt", $"\"{request.ExpiresAt:O}\"", SpecFindingCode.PastTime, ("member", "expiresAt"))]);
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created((string?)null, await tokens.CreateAsync(request, context.User.Name(), cancellationToken));
    }

    private static async Task<Ok<TokenList>> ListAsync(TokenStore tokens, CancellationToken cancellationToken) =>
        TypedResults.Ok(new TokenList { Items = await tokens.ListAsync(cancellationToken) });

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Guid id, TokenStore tokens, CancellationToken cancellationToken) =>
        await tokens.RevokeAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.Create(StatusCodes.Status404NotFound, "unknown-token", "Token not found.", $"Token {id} does not exist or was revoked.");
}

/// <summary>A token to create.</summary>
[OptionalMembers]
public sealed record TokenRequest
{
    /// <summary>Name of the person, 1 to 100 characters.</summary>
    [Text(1, 100)]
    public required string Name { get; init; }

    /// <summary>What it allows: read, submit (read, and one's own runs) or admin (everything).</summary>
    public required AccessScope Scope { get; init; }

    /// <summary>End of its validity; null for none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A token, without the token itself.</summary>
public record ApiTokenInfo
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name of the person.</summary>
    public required string Name { get; init; }

    /// <summary>What it allows.</summary>
    public required AccessScope Scope { get; init; }

    /// <summary>Creation time, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Name of the administrator who created it; null for the command line and the first start.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>End of its validity, UTC; null for none.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Time at which it was revoked, UTC; null unless it was.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Last use, UTC, to the minute; null before the first.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What the runs of this name take up; Access:Limits limits it.</summary>
    public required TokenUse Use { get; init; }
}

/// <summary>What the runs of a name take up.</summary>
public sealed record TokenUse
{
    /// <summary>Runs in the queue.</summary>
    public required long QueuedRuns { get; init; }

    /// <summary>Runs in training.</summary>
    public required long RunningRuns { get; init; }

    /// <summary>Bytes of the files of all runs, as measured at the end of each attempt.</summary>
    public required long StoredBytes { get; init; }
}

/// <summary>A new token.</summary>
public sealed record NewToken : ApiTokenInfo
{
    [SetsRequiredMembers]
    internal NewToken(ApiTokenInfo info)
        : base(info)
    {
    }

    /// <summary>The token, which is not shown again.</summary>
    public string Token { get; internal init; } = "";
}

/// <summary>All tokens.</summary>
public sealed record TokenList
{
    /// <summary>Tokens, latest first.</summary>
    public required IReadOnlyList<ApiTokenInfo> Items { get; init; }
}
