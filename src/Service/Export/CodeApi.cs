using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

/// <summary>A run as a program.</summary>
internal static class CodeApi
{
    private const string TorchSharp = "torchsharp";
    private const string Pytorch = "pytorch";

    /// <summary>Maps the endpoint below a run.</summary>
    public static void MapRunCode(this IEndpointRouteBuilder api) =>
        api.MapGet("/runs/{id:guid}/code", CodeAsync).WithTags("Results").WithName("getRunCode").WithSummary("A program that reproduces the run")
            .WithDescription("Complete: data, split, network, first weights, training and validation. Its head says what is equal to the run and what is not.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CodeAsync(
        Guid id,
        RunsDbContext database,
        [Description("torchsharp (C#, the default) or pytorch (Python).")] string? language,
        CancellationToken cancellationToken)
    {
        if (language is not (null or TorchSharp or Pytorch))
        {
            return Problem.BadParameter("language", language, $"{TorchSharp} or {Pytorch}");
        }

        if (await database.Runs.Where(run => run.Id == id).Select(run => new { run.Spec, WeightsOf = run.Weights == null ? null : run.ParentId }).SingleOrDefaultAsync(cancellationToken) is not { } run)
        {
            return Problem.UnknownRun(id);
        }

        // The type is a literal, so that the planner takes index run_events_by_type.
        var started = await database.Events.Where(entry => entry.RunId == id && entry.Type == "started").OrderByDescending(entry => entry.Seq)
            .Select(entry => entry.Data).FirstOrDefaultAsync(cancellationToken);
        var (spec, plan) = StoredSpec.Read(run.Spec);
        var facts = new RunFacts
        {
            Id = id,
            Spec = spec,
            Plan = plan,
            WeightsOf = run.WeightsOf,
            Bfloat16 = (started as StartedEvent)?.Precision is Precision.Bfloat16 || (started is null && spec.Training.Precision == Precision.Bfloat16),
        };
        return TypedResults.Text(language == Pytorch ? PytorchProgram.Write(facts) : TorchSharpProgram.Write(facts), "text/plain", Encoding.UTF8);
    }
}
