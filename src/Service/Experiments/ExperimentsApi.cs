using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Trainyard.Service.Access;
using Trainyard.Service.Http;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Experiments;

/// <summary>Lists, renames, describes and archives experiments. The name is a query parameter: it may contain any character.</summary>
internal static class ExperimentsApi
{
    private const int MaximumLimit = 200;
    private const int DefaultLimit = 50;
    private const string NameDescription = "Name of the experiment.";

    public static void AddExperiments(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ExperimentStore>();

    public static void MapExperiments(this IEndpointRouteBuilder api)
    {
        var experiments = api.MapGroup("/experiments").WithTags("Experiments");
        experiments.MapGet("", ListAsync).WithName("listExperiments").WithSummary("List experiments")
            .WithDescription("The experiments of the runs that are not archived, the one with the latest run first.");
        experiments.MapPatch("", EditAsync).WithName("editExperiment").WithSummary("Rename or describe an experiment")
            .WithDescription("All of its runs must be the caller's own, or the caller an administrator.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesBodyProblems()
            .WithExample("describe", "Only the description", """{ "description": "Three optimizers, five seeds each." }""")
            .WithExample("rename", "Rename", """{ "name": "Optimizers" }""");
        experiments.MapPost("/archive", ArchiveAsync).WithName("archiveExperiment").WithSummary("Archive the runs of an experiment")
            .WithDescription("All of its runs must be the caller's own, or the caller an administrator. Nothing is deleted. archivedAt of the response undoes it.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        experiments.MapPost("/restore", RestoreAsync).WithName("restoreExperiment").WithSummary("Restore archived runs of an experiment")
            .WithDescription("All of its runs must be the caller's own, or the caller an administrator.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<ExperimentPage>> ListAsync(
        ExperimentStore store,
        [Description("Value of next in the previous page.")] Guid? after,
        [Description("Page size; default 50."), Range(1, MaximumLimit)] int? limit,
        [Description("Filter by a part of the name."), TextLength(RunConditions.MaximumText), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string? q,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.ReadAsync(after, limit ?? DefaultLimit, string.IsNullOrWhiteSpace(q) ? null : UnicodeText.Normalize(q).Trim(), cancellationToken));

    private static async Task<Results<NoContent, ProblemHttpResult>> EditAsync(
        ClaimsPrincipal user,
        ExperimentStore store,
        [Description(NameDescription), Required, TextLength(RunConditions.MaximumText), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string name,
        ExperimentEdit edit,
        CancellationToken cancellationToken)
    {
        name = UnicodeText.Normalize(name);
        if (await RefuseAsync(user, store, name, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        if (edit.Name is { } to && to != name)
        {
            if (!await store.RenameAsync(name, to, cancellationToken))
            {
                return Problem.Create(
                    StatusCodes.Status409Conflict, "experiment-exists", "The name is taken.", $"An experiment '{to}' has runs already; '{name}' was not renamed.");
            }

            name = to;
        }

        if (edit.Description is { } description)
        {
            await store.DescribeAsync(name, description, cancellationToken);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<ArchivedRuns>, ProblemHttpResult>> ArchiveAsync(
        ClaimsPrincipal user,
        ExperimentStore store,
        [Description(NameDescription), Required, TextLength(RunConditions.MaximumText), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string name,
        CancellationToken cancellationToken)
    {
        name = UnicodeText.Normalize(name);
        return await RefuseAsync(user, store, name, cancellationToken) is { } refusal ? refusal : TypedResults.Ok(await store.ArchiveAsync(name, cancellationToken));
    }

    private static async Task<Results<Ok<ArchivedRuns>, ProblemHttpResult>> RestoreAsync(
        ClaimsPrincipal user,
        ExperimentStore store,
        [Description(NameDescription), Required, TextLength(RunConditions.MaximumText), RegularExpression(RunConditions.Text, ErrorMessage = RunConditions.TextError)] string name,
        [Description("Only the runs that were archived at this time; by default all.")] DateTimeOffset? archivedAt,
        CancellationToken cancellationToken)
    {
        name = UnicodeText.Normalize(name);
        return await RefuseAsync(user, store, name, cancellationToken) is { } refusal ? refusal : TypedResults.Ok(await store.RestoreAsync(name, archivedAt, cancellationToken));
    }

    // 404 for an experiment without runs, 403 where some are others'.
    private static async Task<ProblemHttpResult?> RefuseAsync(ClaimsPrincipal user, ExperimentStore store, string name, CancellationToken cancellationToken)
    {
        var (runs, foreign) = await store.OwnersAsync(name, user.Has(AccessScope.Admin), user.Name(), cancellationToken);
        return runs == 0 ? Problem.Create(StatusCodes.Status404NotFound, "unknown-experiment", "Experiment not found.", $"No run belongs to an experiment '{name}'.")
            : foreign > 0 ? Problem.Create(
                StatusCodes.Status403Forbidden, "not-allowed", "You may not do this.",
                $"{foreign} of the {runs} runs of '{name}' belong to others; only their owners and administrators may change them.")
            : null;
    }
}
