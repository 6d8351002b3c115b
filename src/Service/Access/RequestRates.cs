using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Trainyard.Service.Access;

/// <summary>How many requests a person may send within a minute; an address where nobody is signed in.</summary>
internal static class RequestRates
{
    /// <summary>The policy of endpoints that submit runs.</summary>
    public const string Submits = "submits";

    private static readonly PathString[] Limited = ["/api", "/hubs"];

    public static void AddRequestRates(this IServiceCollection services)
    {
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>>((rates, options) =>
        {
            var limits = options.Value;
            rates.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Array.Exists(Limited, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                ? Window(context, limits.RequestsPerMinute!.Value)
                : RateLimitPartition.GetNoLimiter(""));
            rates.OnRejected = (context, _) => RefuseAsync(context, nameof(LimitOptions.RequestsPerMinute), limits.RequestsPerMinute!.Value);
            rates.AddPolicy(Submits, new SubmitPolicy(limits.SubmitsPerMinute!.Value));
        });
    }

    /// <summary>Limits requests, where there are limits: the library's limiters wake ten times a second each, whether requests come or not.</summary>
    public static void UseRequestRates(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<LimitOptions>>().Value is { RequestsPerMinute: > 0 } or { SubmitsPerMinute: > 0 })
        {
            app.UseRateLimiter();
        }
    }

    private static RateLimitPartition<string> Window(HttpContext context, int perMinute) =>
        perMinute == 0 ? RateLimitPartition.GetNoLimiter("") : RateLimitPartition.GetFixedWindowLimiter(
            context.User.Name() is { } name ? $"name {name}" : $"address {context.Connection.RemoteIpAddress}",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) });

    private static ValueTask RefuseAsync(OnRejectedContext context, string setting, int perMinute)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromMinutes(1);
        // The framework's writer of problems, which sets it otherwise, leaves out clients that accept only other types, such as text/event-stream.
        context.HttpContext.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds)}";
        return new(new ReachedLimit { Setting = setting, Value = perMinute, Use = perMinute, RetryAfter = wait }.ToProblem().ExecuteAsync(context.HttpContext));
    }

    private sealed class SubmitPolicy(int perMinute) : IRateLimiterPolicy<string>
    {
        public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected => (context, _) => RefuseAsync(context, nameof(LimitOptions.SubmitsPerMinute), perMinute);

        public RateLimitPartition<string> GetPartition(HttpContext httpContext) => Window(httpContext, perMinute);
    }
}
