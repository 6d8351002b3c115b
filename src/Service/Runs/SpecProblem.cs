using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Service.Http;
using Trainyard.Specs.Findings;

namespace Trainyard.Service.Runs;

/// <summary>422: the spec is JSON, but cannot be trained.</summary>
public sealed class SpecProblem : ProblemDetails
{
    /// <summary>Everything that was found, errors first.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    internal static ProblemHttpResult Of(IReadOnlyList<SpecFinding> findings)
    {
        var errors = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        return Problem.Of(
            StatusCodes.Status422UnprocessableEntity,
            "invalid-spec",
            "The spec cannot be trained.",
            errors == 1 ? "One thing has to be changed; the finding says what." : $"{errors} things have to be changed; each finding says what.",
            ("findings", findings));
    }
}
