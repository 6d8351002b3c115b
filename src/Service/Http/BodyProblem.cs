using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Http;

/// <summary>422: an invalid body.</summary>
public sealed class BodyProblem : ProblemDetails
{
    /// <summary>All findings, errors first; in a body their pointers are into the body, in a spec into the spec.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    internal static ProblemHttpResult From(SpecReading invalid) => invalid.Malformed ? NotJson(invalid.Findings) : InvalidSpec(invalid.Findings);

    internal static ProblemHttpResult From(DataReading invalid) => invalid.Malformed ? NotJson(invalid.Findings) : InvalidSpec(invalid.Findings);

    internal static ProblemHttpResult From(RecordReading invalid) => invalid.Malformed ? NotJson(invalid.Findings) : InvalidBody(invalid.Findings);

    internal static ProblemHttpResult InvalidSpec(IReadOnlyList<SpecFinding> findings) => Invalid("spec", findings);

    internal static ProblemHttpResult InvalidBody(IReadOnlyList<SpecFinding> findings) => Invalid("body", findings);

    private static ProblemHttpResult NotJson(IReadOnlyList<SpecFinding> findings) =>
        Problem.Create(StatusCodes.Status400BadRequest, "not-json", "The body is not JSON.", findings[0].Message, ("findings", findings));

    private static ProblemHttpResult Invalid(string what, IReadOnlyList<SpecFinding> findings)
    {
        var others = findings.Count(finding => finding.Severity == FindingSeverity.Error) - 1;
        return Problem.Create(
            StatusCodes.Status422UnprocessableEntity,
            $"invalid-{what}",
            $"The {what} is invalid.",
            $"{findings[0].Pointer}: {findings[0].Message}{(others == 0 ? "" : $" And {others} more {(others == 1 ? "error" : "errors")}; see the findings.")}".TrimStart(':', ' '),
            ("findings", findings));
    }
}
