using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Hosting;
using Trainyard.Service.Http;
using Trainyard.Service.Store;

namespace Trainyard.Service.Access;

/// <summary>Adds authentication and authorization, and the filters of host names and cross-site requests.</summary>
internal static class AccessSetup
{
    // Chooses the handler that knows the token.
    private const string DefaultScheme = "Access";

    /// <summary>Adds access. Call it after the store, whose tokens it reads.</summary>
    /// <exception cref="StartupException">The settings would let in everyone who reaches the address.</exception>
    public static void AddAccess(this WebApplicationBuilder builder, ServiceOptions service)
    {
        var services = builder.Services;
        var options = ReadOptions(builder.Configuration);
        var addresses = ListenAddresses.Read(builder.Configuration);
        if (options.Authentication == AuthenticationKind.None)
        {
            RequireLocal(addresses);
        }

        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new HostFilter(addresses, builder.Configuration["AllowedHosts"]));
        services.Configure<HostFilteringOptions>(framework => framework.AllowedHosts = ["*"]); // HostFilter does it
        services.AddOptions<LimitOptions>().BindConfiguration($"{AccessOptions.Section}:{nameof(AccessOptions.Limits)}")
            .PostConfigure(limits => limits.SetDefaults(options.Authentication)).ValidateDataAnnotations().ValidateOnStart();
        services.AddRequestRates();
        services.AddHttpContextAccessor();
        services.AddSingleton<TokenStore>();
        services.AddSingleton<SignInLimiter>();
        services.AddSingleton<StreamGuard>();
        if (options.Authentication == AuthenticationKind.Tokens && service.ServesApi)
        {
            services.AddHostedService<FirstToken>();
        }

        AddAuthentication(services, options);
        services.AddAuthorization(Policies.Add);
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddSingleton<IAuthorizationHandler, OwnerHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalProblems>();
    }

    /// <summary>Rejects requests for other hosts and from other sites.</summary>
    public static void UseRequestFilters(this WebApplication app)
    {
        var hosts = app.Services.GetRequiredService<HostFilter>();
        app.Use((context, next) =>
            !hosts.Serves(context.Request.Host) ? HostFilter.RefuseAsync(context)
            : CrossSiteRequests.Refuse(context.Request) is { } refusal ? refusal.ExecuteAsync(context)
            : next(context));
    }

    /// <summary>Requires every endpoint's scope, read where the endpoint names none, and limits requests.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRequestRates();
        app.UseAuthorization();
        var streams = app.Services.GetRequiredService<StreamGuard>();
        app.Use((context, next) => streams.InvokeAsync(context, next));
    }

    // Anyone may know whether the service works; why it does not, only people who may read.
    public static void HideDetailsFromAnonymous<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.AllowAnonymous().AddEndpointFilter(async (context, next) =>
        {
            var result = await next(context);
            return context.HttpContext.User.Has(AccessScope.Read) || (result is INestedHttpResult nested ? nested.Result : result) is not ProblemHttpResult problem
                ? result
                : Problem.Create(problem.StatusCode, problem.ProblemDetails.Type!.Split('/')[^1], problem.ProblemDetails.Title!, "Sign in for the details.");
        });

    private static void AddAuthentication(IServiceCollection services, AccessOptions options)
    {
        // Not AddAuthentication, which keeps keys for encrypted cookies in the home folder: a cookie of this service is a random number.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = DefaultScheme);
        services.AddWebEncoders();
        var authentication = new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, EveryoneHandler>(EveryoneHandler.Name, null)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.Name, null);
        var providers = options.Oidc.Authority is not null;
        if (providers)
        {
            authentication.AddOidc(options.Oidc);
        }

        authentication.AddPolicyScheme(DefaultScheme, null, scheme => scheme.ForwardDefaultSelector = context =>
            options.Authentication == AuthenticationKind.None ? EveryoneHandler.Name
            : providers && Credentials.Token(context.Request) is { } token && Oidc.MayHaveMade(token) ? Oidc.Scheme
            : TokenHandler.Name);
    }

    private static AccessOptions ReadOptions(ConfigurationManager configuration)
    {
        AccessOptions options;
        try
        {
            options = configuration.GetSection(AccessOptions.Section).Get<AccessOptions>() ?? new AccessOptions();
        }
        catch (InvalidOperationException exception)
        {
            throw new StartupException($"A setting of the section Access has a value that is not allowed: {exception.Message} Access:Authentication is none or tokens.", exception);
        }

        if (options.Oidc.Authority is not null && options.Authentication == AuthenticationKind.None)
        {
            throw new StartupException("Access:Oidc:Authority is set, but authentication is off: set Access__Authentication=tokens too.");
        }

        return options.Oidc.Authority is not null && string.IsNullOrWhiteSpace(options.Oidc.Audience)
            ? throw new StartupException("Access:Oidc:Authority is set without an audience: set Access__Oidc__Audience to the one that the provider's tokens name.")
            : options;
    }

    private static void RequireLocal(IReadOnlyList<BindingAddress> addresses)
    {
        if (addresses.FirstOrDefault(address => !address.IsLocal()) is { } open)
        {
            throw new StartupException(
                $"{open.Scheme}://{open.Host}:{open.Port} can be reached from other machines, and authentication is off, so that everyone there could train, change and delete runs. "
                + "Set Access__Authentication=tokens, or listen on 127.0.0.1 only (ASPNETCORE_URLS).");
        }
    }
}
