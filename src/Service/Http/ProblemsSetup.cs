namespace Trainyard.Service.Http;

internal static class ProblemsSetup
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidation();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = DescribeValidation);
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

    // The framework validates parameters by their attributes; its problem gets the type and members of Problem.BadParameter.
    private static void DescribeValidation(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is HttpValidationProblemDetails { Errors.Count: > 0 } validation)
        {
            var (name, messages) = validation.Errors.First();
            Problem.DescribeBadParameter(validation, name, context.HttpContext.Request.Query[name], messages[0]);
        }
    }
}
