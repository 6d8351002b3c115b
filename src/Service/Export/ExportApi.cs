using System.ComponentModel;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Http;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

internal static class ExportApi
{
    private const string TorchSharp = "torchsharp";
    private const string Pytorch = "pytorch";
    private const string BuildTargets = "Directory.Build.targets";

    public static void MapExport(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{id:guid}/code", CodeAsync).WithTags("Results").WithName("getRunCode").WithSummary("Export a run as a program")
            .WithDescription(
                "A complete program: data, split, network, initialization, training and validation. The TorchSharp program is one C# file (dotnet run program.cs); on Linux with a "
                + $"libstdc++ older than that of GCC 13 it needs /api/v1/torchsharp/{BuildTargets} beside it. The header of a program states what agrees with the run and what does not.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet($"/torchsharp/{BuildTargets}", Targets).WithTags("Results").WithName("getTorchSharpBuildTargets").WithSummary("Get the MSBuild file that makes TorchSharp load on older Linux")
            .WithDescription("Save it beside a TorchSharp program. It copies the native libraries of the system only, and lets them load with the libstdc++ of Debian 12, Ubuntu 22.04 and RHEL 9.")
            .Produces<string>(StatusCodes.Status200OK, "text/xml");
    }

    private static FileContentHttpResult Targets() => TypedResults.File(Encoding.UTF8.GetBytes(ProgramWriter.Resource(BuildTargets)), "text/xml", BuildTargets);

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

        if (await database.Runs.Where(run => run.Id == id).Select(run => new { run.Name, run.Spec, WeightsOf = run.Weights == null ? null : run.ParentId }).SingleOrDefaultAsync(cancellationToken) is not { } row)
        {
            return Problem.UnknownRun(id);
        }

        // The type is a literal, so that the planner takes index run_events_by_type.
        var started = await database.Events.Where(entry => entry.RunId == id && entry.Type == "started").OrderByDescending(entry => entry.Seq)
            .Select(entry => entry.Data).FirstOrDefaultAsync(cancellationToken);
        var (spec, plan) = StoredSpec.Read(row.Spec);
        var run = new ExportedRun
        {
            Id = id,
            Name = row.Name,
            Spec = spec,
            Plan = plan,
            WeightsOf = row.WeightsOf,
            Bfloat16 = (started as StartedEvent)?.Precision is Precision.Bfloat16 || (started is null && spec.Training.Precision == Precision.Bfloat16),
        };
        return TypedResults.Text(language == Pytorch ? ProgramWriter.Pytorch(run) : ProgramWriter.TorchSharp(run), "text/plain", Encoding.UTF8);
    }
}
