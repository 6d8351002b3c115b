using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Trainyard.Service.Http;

/// <summary>Error responses of the service: RFC 9457 with a stable type of the form <c>/problems/{slug}</c>.</summary>
internal static class Problem
{
    /// <summary>The member that is also sent as the header Retry-After.</summary>
    public const string RetryAfterSeconds = "retryAfterSeconds";

    /// <summary>The member with a hint for programs and those who write them: which request, header or setting to use. Pages do not show it.</summary>
    public const string Help = "help";

    private const string IdempotencyKeyHeader = "Idempotency-Key";

    // slug: Last part of the type; stable. title: The kind of problem; the same for every occurrence. detail: This occurrence, for people: what, which id,
    // expected and actual, what to do. What only a client of the API can do is the extension Help.
    public static ProblemHttpResult Create(int status, string slug, string title, string detail, params (string Name, object? Value)[] extensions) =>
        TypedResults.Problem(new ProblemDetails
        {
            Status = status,
            Type = $"/problems/{slug}",
            Title = title,
            Detail = detail,
            Extensions = extensions.ToDictionary(extension => extension.Name, extension => extension.Value, StringComparer.Ordinal),
        });

    /// <summary>404: there is no run of this id; the member <c>run</c> repeats it, for requests that name several.</summary>
    public static ProblemHttpResult UnknownRun(Guid id) => Create(
        StatusCodes.Status404NotFound,
        "unknown-run",
        "Run not found.",
        $"Run {id} does not exist or was deleted.",
        ("run", id));

    /// <summary>404: there is no study of this id.</summary>
    public static ProblemHttpResult UnknownStudy(Guid id) => Create(
        StatusCodes.Status404NotFound,
        "unknown-study",
        "Study not found.",
        $"Study {id} does not exist or was deleted.",
        ("study", id),
        (Help, "GET /api/v1/studies lists the studies."));

    /// <summary>404: there is no lesson of this id.</summary>
    public static ProblemHttpResult UnknownLesson(string id) => Create(
        StatusCodes.Status404NotFound,
        "unknown-lesson",
        "Lesson not found.",
        $"There is no lesson '{Shorten(id)}'.",
        ("lesson", Shorten(id)),
        (Help, "GET /api/v1/lessons lists the lessons."));

    /// <summary>400: a parameter of the address or a header has a value that is not allowed.</summary>
    public static ProblemHttpResult BadParameter(string name, string? found, string allowed) => Create(
        StatusCodes.Status400BadRequest,
        "bad-parameter",
        "A parameter has a value that is not allowed.",
        $"'{name}' is '{found}'; allowed is {allowed}.",
        ("parameter", name));

    /// <summary>400: the address has a query parameter that the endpoint does not have.</summary>
    public static ProblemHttpResult UnknownParameter(string name, string? meant, IReadOnlyCollection<string> allowed) => Create(
        StatusCodes.Status400BadRequest,
        "unknown-parameter",
        "The address has an unknown parameter.",
        $"'{Shorten(name)}' is not a parameter here"
        + (meant is null ? "; " : $"; did you mean '{meant}'? ")
        + (allowed.Count == 0 ? "This address has no query parameters." : $"Query parameters of this address: {string.Join(", ", allowed)}."),
        ("parameter", Shorten(name)));

    /// <summary>400: a query parameter that the endpoint needs is missing.</summary>
    public static ProblemHttpResult MissingParameter(string name) => Create(
        StatusCodes.Status400BadRequest,
        "missing-parameter",
        "A parameter is missing.",
        $"This address needs the query parameter '{name}'.",
        ("parameter", name));

    /// <summary>400: a query parameter that takes one value is repeated.</summary>
    public static ProblemHttpResult RepeatedParameter(string name, int times) => Create(
        StatusCodes.Status400BadRequest,
        "repeated-parameter",
        "A parameter is repeated.",
        $"'{name}' is given {times} times; it takes one value.",
        ("parameter", name));

    /// <summary>400: a parameter cannot be read as a value of its type.</summary>
    public static ProblemHttpResult WrongType(string name, string found) => Create(
        StatusCodes.Status400BadRequest,
        "bad-request",
        "The request is malformed.",
        $"'{name}' is '{Shorten(found)}', which is not a value of its type.",
        ("parameter", name));

    /// <summary>Turns a problem of the framework's validation into <see cref="BadParameter"/>.</summary>
    public static void DescribeBadParameter(ProblemDetails problem, string name, string? found, string message)
    {
        problem.Type = "/problems/bad-parameter";
        problem.Title = "A parameter has a value that is not allowed.";
        problem.Detail = string.IsNullOrEmpty(found) ? message : $"'{name}' is '{Shorten(found)}'. {message}";
        problem.Extensions["parameter"] = name;
    }

    /// <summary>413: the body is too large.</summary>
    public static ProblemHttpResult TooLarge(long? maximumBytes) => Create(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large.", $"The body may have at most {maximumBytes} bytes.");

    // 503: the database is unavailable. began: Whether the request was given to its handler, whose statement may have been committed before the answer was lost.
    public static ProblemHttpResult StoreUnavailable(HttpResponse response, bool began = true)
    {
        var method = response.HttpContext.Request.Method;
        var unchanged = !began || HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        response.Headers.RetryAfter = "5";
        return Create(
            StatusCodes.Status503ServiceUnavailable,
            "database-unavailable",
            "The database cannot be reached.",
            "PostgreSQL does not answer, or cannot store anything at the moment. " + (unchanged
                ? "Nothing was changed; try again in a moment."
                : "Whether the request was carried out is not known: look before you repeat it."),
            (Help, "Retry-After has the seconds to wait."
                + (unchanged ? "" : $" With the same {IdempotencyKeyHeader}, a run is submitted once at most.")));
    }

    /// <summary>503: this process has no trainer that can be used, whatever for.</summary>
    public static ProblemHttpResult TrainerUnavailable(string reason) => Create(
        StatusCodes.Status503ServiceUnavailable, "trainer-unavailable", "The trainer cannot be used here.", reason);

    /// <summary>The response for a bare status code, such as 404 for an unknown path.</summary>
    public static ProblemHttpResult FromStatus(int status, HttpRequest request, string? detail = null) => status switch
    {
        StatusCodes.Status400BadRequest => Create(status, "bad-request", "The request is malformed.", detail ?? "The request could not be read."),
        StatusCodes.Status404NotFound => Create(
            status, "not-found", "There is nothing at this address.", detail ?? $"{request.Path} names nothing.", (Help, "/swagger lists the addresses.")),
        StatusCodes.Status405MethodNotAllowed => Create(
            status, "method-not-allowed", "The method is not allowed here.", detail ?? $"{request.Path} does not answer {request.Method}; the header Allow lists what it answers."),
        StatusCodes.Status415UnsupportedMediaType => Create(
            status, "unsupported-media-type", "The body has a type that is not read here.",
            detail ?? $"Content-Type is '{request.ContentType}'; send application/json in UTF-8."),
        StatusCodes.Status500InternalServerError => Create(
            status, "internal", "Something went wrong inside the service.", detail ?? "The log has the details under the trace id of this response."),
        _ => Create(status, $"status-{status}", $"Status {status}", detail ?? $"{request.Method} {request.Path} was answered with status {status}."),
    };

    private static string Shorten(string text) => text.Length > 40 ? text[..40] + "..." : text;
}
