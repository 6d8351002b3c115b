namespace Trainyard.Service.Http;

/// <summary>Turns every error into ProblemDetails.</summary>
internal static class ProblemsSetup
{
    /// <summary>Adds the handler of exceptions.</summary>
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        // A parameter that cannot be read is an exception, whose message names the parameter.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
    }

    /// <summary>Answers exceptions, and gives a body to bare status codes.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context =>
            Problem.OfStatus(context.HttpContext.Response.StatusCode, context.HttpContext.Request).ExecuteAsync(context.HttpContext));
    }
}
