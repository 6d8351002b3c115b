using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Http;

namespace Trainyard.Service.Access;

// What one person may take up. A person is the name of tokens or the subject of OIDC; without authentication everyone together, and for requests each address.
// 0: no limit; so it is without authentication, unless set. Every process of one installation must use the same.
internal sealed record LimitOptions
{
    /// <summary>Requests to API and hub within a minute; a stream counts once. Default 6,000 with authentication.</summary>
    [Range(0, 1_000_000)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>Runs submitted or forked within a minute, stored or not. Default 600 with authentication.</summary>
    [Range(0, 1_000_000)]
    public int? SubmitsPerMinute { get; set; }

    /// <summary>Runs in the queue. Default 1,000 with authentication.</summary>
    [Range(0, 1_000_000)]
    public int? QueuedRuns { get; set; }

    /// <summary>Runs in training at the same time, on all workers; further ones wait in the queue. Default 0.</summary>
    [Range(0, 10_000)]
    public int? RunningRuns { get; set; }

    // Bytes of files of all runs (checkpoints, logs), as measured at the end of each attempt; from then on nothing can be queued. Default 100,000,000,000 with
    // authentication.
    [Range(0L, long.MaxValue)]
    public long? StoredBytes { get; set; }

    /// <summary>Sets what is not configured.</summary>
    public void SetDefaults(AuthenticationKind authentication)
    {
        var applies = authentication != AuthenticationKind.None;
        RequestsPerMinute ??= applies ? 6_000 : 0;
        SubmitsPerMinute ??= applies ? 600 : 0;
        QueuedRuns ??= applies ? 1_000 : 0;
        RunningRuns ??= 0;
        StoredBytes ??= applies ? 100_000_000_000 : 0;
    }
}

/// <summary>A limit of <see cref="LimitOptions"/> that a person has reached.</summary>
internal sealed record ReachedLimit
{
    /// <summary>The setting, as in <c>QueuedRuns</c>.</summary>
    public required string Setting { get; init; }

    public required long Value { get; init; }

    public required long Use { get; init; }

    /// <summary>When a repeated request may succeed.</summary>
    public required TimeSpan RetryAfter { get; init; }

    public ProblemHttpResult ToProblem()
    {
        var limit = JsonNamingPolicy.CamelCase.ConvertName(Setting);
        return Problem.Create(
            StatusCodes.Status429TooManyRequests, "limit-reached", "A limit is reached.",
            $"{Rule} The service's setting Access:Limits:{Setting} is {Value}.",
            ("limit", limit), ("value", Value), ("use", Use), (Problem.RetryAfterSeconds, (int)Math.Ceiling(RetryAfter.TotalSeconds)),
            ("code", "limit_reached"), ("arguments", new { limit, value = Value, use = Use }));
    }

    private string Rule => Setting switch
    {
        nameof(LimitOptions.RequestsPerMinute) => $"Only {Value} requests within a minute are answered.",
        nameof(LimitOptions.SubmitsPerMinute) => $"Only {Value} runs within a minute can be submitted.",
        nameof(LimitOptions.QueuedRuns) => $"{Use} of your runs are in the queue. Wait until some have started, or cancel some.",
        nameof(LimitOptions.StoredBytes) => $"The files of your runs have {Use} bytes. Delete runs that are no longer needed.",
        _ => throw new InvalidOperationException($"{Setting} is no limit of requests."),
    };
}
