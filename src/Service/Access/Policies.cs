using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Npgsql;
using Trainyard.Service.Http;
using Trainyard.Service.Store;

namespace Trainyard.Service.Access;

/// <summary>Which endpoint needs what: a policy for each scope, and those for the changes that only the owner of a run or study may make.</summary>
internal static class Policies
{
    /// <summary>Scope submit, and the run of the address is one's own; or scope admin.</summary>
    public const string Owner = "owner";

    /// <summary>The same for the study of the address.</summary>
    public const string StudyOwner = "study_owner";

    public static string Of(AccessScope scope) => scope.ToWireName();

    public static void Add(AuthorizationOptions options)
    {
        foreach (var scope in Enum.GetValues<AccessScope>())
        {
            options.AddPolicy(Of(scope), policy => policy.AddRequirements(new ScopeRequirement(scope)));
        }

        options.AddPolicy(Owner, policy => policy.AddRequirements(new ScopeRequirement(AccessScope.Submit), new OwnerRequirement("Run", "runs")));
        options.AddPolicy(StudyOwner, policy => policy.AddRequirements(new ScopeRequirement(AccessScope.Submit), new OwnerRequirement("Study", "studies")));
        options.FallbackPolicy = options.DefaultPolicy = options.GetPolicy(Of(AccessScope.Read))!;
    }

    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, AccessScope scope)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Of(scope));

    public static TBuilder RequireOwner<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Owner);

    public static TBuilder RequireStudyOwner<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(StudyOwner);

    /// <summary>Endpoints that say nothing else need scope read for GET, and submit for other methods.</summary>
    public static TBuilder RequireScopeByMethod<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(endpoint =>
        {
            if (endpoint.Metadata.Any(item => item is IAuthorizeData or IAllowAnonymous))
            {
                return;
            }

            var reads = endpoint.Metadata.OfType<IHttpMethodMetadata>().All(methods => methods.HttpMethods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method)));
            endpoint.Metadata.Add(new AuthorizeAttribute(Of(reads ? AccessScope.Read : AccessScope.Submit)));
        });
        return endpoints;
    }
}

internal sealed record ScopeRequirement(AccessScope Scope) : IAuthorizationRequirement;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.Has(requirement.Scope))
        {
            context.Succeed(requirement);
        }
        else
        {
            context.Fail(new AuthorizationFailureReason(
                this, $"This needs scope {requirement.Scope.ToWireName()}; the token has {context.User.Scope()?.ToWireName() ?? "none"}."));
        }

        return Task.CompletedTask;
    }
}

// What the id of the address names, and its table.
internal sealed record OwnerRequirement(string Kind, string Table) : IAuthorizationRequirement;

internal sealed class OwnerHandler(NpgsqlDataSource dataSource, StoreWatch store) : AuthorizationHandler<OwnerRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, OwnerRequirement requirement)
    {
        if (context.User.Has(AccessScope.Admin))
        {
            context.Succeed(requirement);
        }
        else if (context.User.Has(AccessScope.Submit) && context.Resource is HttpContext http && Guid.TryParse(http.GetRouteValue("id") as string, out var id))
        {
            var (exists, createdBy) = await store.WaitAsync(FindAsync(requirement.Table, id));
            // The endpoint reports an unknown run.
            if (!exists || context.User.MayChange(createdBy))
            {
                context.Succeed(requirement);
            }
            else
            {
                context.Fail(new AuthorizationFailureReason(
                    this, $"{requirement.Kind} {id} belongs to {createdBy ?? "nobody: it was submitted without authentication"}; only its owner and administrators may change it."));
            }
        }
    }

    private async Task<(bool Exists, string? CreatedBy)> FindAsync(string table, Guid id)
    {
        await using var command = dataSource.CreateCommand($"select created_by from {table} where id = $1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        return await reader.ReadAsync(CancellationToken.None) ? (true, reader.IsDBNull(0) ? null : reader.GetString(0)) : (false, null);
    }
}

/// <summary>Answers a request that is not allowed with a problem.</summary>
internal sealed class RefusalProblems : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
        }
        else if (authorizeResult.Challenged)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            // The handler's result of this request, not a second lookup.
            var reason = (await context.AuthenticateAsync()).Failure?.Message ?? "The request has no token.";
            await Problem.Create(
                StatusCodes.Status401Unauthorized, "not-signed-in", "Sign in first.",
                reason, (Problem.Help, "Send a token as 'Authorization: Bearer <token>', or sign in on the page.")).ExecuteAsync(context);
        }
        else
        {
            var reasons = authorizeResult.AuthorizationFailure?.FailureReasons.Select(failure => failure.Message) ?? [];
            await Problem.Create(StatusCodes.Status403Forbidden, "not-allowed", "You may not do this.", string.Join(' ', reasons)).ExecuteAsync(context);
        }
    }
}
