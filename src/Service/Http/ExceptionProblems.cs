using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Trainyard.Service.Store;

namespace Trainyard.Service.Http;

/// <summary>Turns an exception of a request into a response, and logs the unexpected ones.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var request = httpContext.Request;
        switch (exception)
        {
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return true;

            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                await Problem.TooLarge(httpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize).ExecuteAsync(httpContext);
                return true;

            case BadHttpRequestException bad:
                await Problem.FromStatus(bad.StatusCode, request, bad.StatusCode == StatusCodes.Status400BadRequest ? bad.Message : null)
                    .ExecuteAsync(httpContext);
                return true;

            case var _ when StoreFailure.IsUnavailable(exception):
                LogStoreUnavailable(request.Method, request.Path, exception.GetBaseException().Message);
                await Problem.StoreUnavailable(httpContext.Response).ExecuteAsync(httpContext);
                return true;

            default:
                var trace = Activity.Current?.Id ?? httpContext.TraceIdentifier;
                LogFailed(exception, request.Method, request.Path, trace);
                await Problem.FromStatus(StatusCodes.Status500InternalServerError, request).ExecuteAsync(httpContext);
                return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} returned 503, the database is unavailable: {Reason}")]
    private partial void LogStoreUnavailable(string method, PathString path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed (trace {Trace})")]
    private partial void LogFailed(Exception exception, string method, PathString path, string trace);
}

internal static class ProblemsSetup
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidation();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        builder.Services.AddSingleton<IProblemDetailsWriter, ValidationProblemWriter>();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        // A parameter that cannot be read is an exception, whose message names the parameter.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    /// <summary>Handles exceptions, and adds a body to bare status codes.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context =>
            Problem.FromStatus(context.HttpContext.Response.StatusCode, context.HttpContext.Request).ExecuteAsync(context.HttpContext));
    }

    private static void Complete(ProblemDetailsContext context)
    {
        if (context.ProblemDetails.Extensions.TryGetValue(Problem.RetryAfterSeconds, out var seconds))
        {
            context.HttpContext.Response.Headers.RetryAfter = $"{seconds}";
        }

        DescribeValidation(context);
    }

    // The framework validates parameters by their attributes; its problem gets the type and members of Problem.BadParameter.
    private static void DescribeValidation(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is HttpValidationProblemDetails { Errors.Count: > 0 } validation)
        {
            var (name, messages) = validation.Errors.First();
            Problem.DescribeBadParameter(validation, name, context.HttpContext.Request.Query[name], messages[0]);
        }
    }

    // The framework's writer leaves out clients that accept only other types, such as text/event-stream.
    private sealed class ValidationProblemWriter : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => context.ProblemDetails is HttpValidationProblemDetails;

        public ValueTask WriteAsync(ProblemDetailsContext context)
        {
            DescribeValidation(context);
            var response = context.HttpContext.Response;
            return new(response.WriteAsJsonAsync((HttpValidationProblemDetails)context.ProblemDetails, options: null, "application/problem+json", context.HttpContext.RequestAborted));
        }
    }
}
