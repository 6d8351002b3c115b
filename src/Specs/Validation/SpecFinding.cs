namespace Trainyard.Specs.Validation;

/// <summary>One thing that a reader of a spec has to say about it.</summary>
public sealed record SpecFinding
{
    /// <summary>Whether the spec is refused.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>JSON pointer (RFC 6901) to the member, as in <c>/training/optimizer/learningRate</c>; empty: the whole document.</summary>
    public required string Pointer { get; init; }

    /// <summary>What is wrong, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The value that was found, as JSON, cut at 80 characters; null when it is missing.</summary>
    public required string? Found { get; init; }

    /// <summary>What is allowed there.</summary>
    public required string Allowed { get; init; }

    /// <summary>What to write instead.</summary>
    public required string Fix { get; init; }
}
