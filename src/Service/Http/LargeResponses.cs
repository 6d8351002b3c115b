using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Trainyard.Service.Http;

// Responses that may have many megabytes. However many clients ask for them, only some are made at a time, and the others wait for their turn: so the memory of
// the service has a limit. A client that hardly reads would keep the others waiting; its connection is closed.
internal static class LargeResponses
{
    // What is made at a time: as many streamed responses, or a few that are in memory as a whole.
    private const int Permits = 12;
    private const int PermitsOfWhole = 6;
    private const int Waiting = 1000 * PermitsOfWhole;

    private static readonly MinDataRate ReadAtLeast = new(bytesPerSecond: 8 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>A response that is written while it is made.</summary>
    public static TBuilder WithLargeStream<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new LargeResponse(1));

    /// <summary>A response that is in memory as a whole.</summary>
    public static TBuilder WithLargeWhole<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new LargeResponse(PermitsOfWhole));

    public static void AddLargeResponses(this WebApplicationBuilder builder) => builder.Services.AddSingleton(_ => new ConcurrencyLimiter(
        new ConcurrencyLimiterOptions { PermitLimit = Permits, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));

    /// <summary>Call it after authorization: nobody else shall wait, or make others wait.</summary>
    public static void UseLargeResponses(this WebApplication app)
    {
        var limiter = app.Services.GetRequiredService<ConcurrencyLimiter>();
        app.Use(async (context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<LargeResponse>() is not { } large)
            {
                await next(context);
                return;
            }

            using var turn = await limiter.AcquireAsync(large.Permits, context.RequestAborted);
            if (turn.IsAcquired)
            {
                // HTTP/2 has one rate for the connection.
                if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
                {
                    rate.MinDataRate = ReadAtLeast;
                }

                await next(context);
            }
            else
            {
                context.Response.Headers.RetryAfter = "5";
                await Problem.Create(
                    StatusCodes.Status503ServiceUnavailable, "too-many-large-responses", "Too many large responses are waiting.",
                    "The service makes some large responses at a time, and very many wait already. Try again in a moment.",
                    (Problem.Help, "Retry-After has the seconds to wait.")).ExecuteAsync(context);
            }
        });
    }

    private sealed record LargeResponse(int Permits);
}
