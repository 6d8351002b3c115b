using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Http;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

/// <summary>422: an invalid spec.</summary>
public sealed class SpecProblem : ProblemDetails
{
    /// <summary>All findings, errors first.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    internal static ProblemHttpResult From(SpecReading invalid) => invalid.Malformed
        ? Problem.Create(StatusCodes.Status400BadRequest, "not-json", "The body is not JSON.", invalid.Findings[0].Message, ("findings", invalid.Findings))
        : From(invalid.Findings);

    internal static ProblemHttpResult From(IReadOnlyList<SpecFinding> findings)
    {
        var errors = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        return Problem.Create(
            StatusCodes.Status422UnprocessableEntity,
            "invalid-spec",
            "The spec is invalid.",
            errors == 1 ? "The spec has one error; see the finding." : $"The spec has {errors} errors; see the findings.",
            ("findings", findings));
    }
}
