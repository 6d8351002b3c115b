using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Findings;

/// <summary>A problem with a spec.</summary>
public sealed record SpecFinding
{
    /// <summary>An error rejects the spec.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>JSON pointer (RFC 6901) to the setting, as in <c>/training/optimizer/learningRate</c>; empty for the whole document.</summary>
    public required string Pointer { get; init; }

    /// <summary>The message.</summary>
    public required SpecFindingCode Code { get; init; }

    /// <summary>Arguments of the message, as documented with its code.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>What is wrong, in English.</summary>
    public required string Message { get; init; }

    /// <summary>The value found, as JSON, cut at 80 characters; null when it is missing.</summary>
    public required string? Found { get; init; }

    /// <summary>The allowed values, in English.</summary>
    public required string Allowed { get; init; }

    /// <summary>How to fix it, in English.</summary>
    public required string Fix { get; init; }

    /// <summary>A finding that rejects the spec.</summary>
    public static SpecFinding Error(string pointer, string? found, SpecFindingCode code, params (string Name, object? Value)[] arguments) =>
        Create(FindingSeverity.Error, pointer, found, code, arguments);

    /// <summary>A finding about a valid spec.</summary>
    public static SpecFinding Warning(string pointer, string? found, SpecFindingCode code, params (string Name, object? Value)[] arguments) =>
        Create(FindingSeverity.Warning, pointer, found, code, arguments);

    private static SpecFinding Create(FindingSeverity severity, string pointer, string? found, SpecFindingCode code, (string Name, object? Value)[] arguments)
    {
        var named = Json.MessageArguments.From(arguments);
        var (message, allowed, fix) = SpecFindingText.From(code, pointer, new MessageArgumentReader(named));
        return new SpecFinding
        {
            Severity = severity,
            Pointer = pointer,
            Code = code,
            Arguments = named,
            Message = message,
            Found = found,
            Allowed = allowed,
            Fix = fix,
        };
    }
}

/// <summary>Severity of a finding.</summary>
public enum FindingSeverity
{
    /// <summary>The spec is valid, but training may give poor results.</summary>
    Warning,

    /// <summary>The spec is rejected.</summary>
    Error,
}

/// <summary>Collects findings: at most 100 errors of the document, so that the response to invalid input is bounded.</summary>
internal sealed class FindingList
{
    private const int Maximum = 100;

    private readonly List<SpecFinding> findings = [];

    public bool HasErrors { get; private set; }

    public void Error(string pointer, string? found, SpecFindingCode code, params (string Name, object? Value)[] arguments)
    {
        HasErrors = true;
        if (findings.Count < Maximum)
        {
            findings.Add(SpecFinding.Error(pointer, found, code, arguments));
        }
    }

    public void Error(SpecFinding error)
    {
        HasErrors = true;
        findings.Add(error);
    }

    public void Warning(string pointer, string? found, SpecFindingCode code, params (string Name, object? Value)[] arguments) =>
        findings.Add(SpecFinding.Warning(pointer, found, code, arguments));

    /// <summary>Errors, then warnings.</summary>
    public IReadOnlyList<SpecFinding> Sorted() => [.. findings.OrderByDescending(finding => finding.Severity)];
}
