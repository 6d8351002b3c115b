using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Findings;

/// <summary>One thing that a reader of a spec has to say about it.</summary>
public sealed record SpecFinding
{
    /// <summary>Whether the spec is refused.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>JSON pointer (RFC 6901) to the member, as in <c>/training/optimizer/learningRate</c>; empty: the whole document.</summary>
    public required string Pointer { get; init; }

    /// <summary>What it says.</summary>
    public required SpecFindingCode Code { get; init; }

    /// <summary>What its sentences are made with, by name; the code tells which there are.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>What is wrong, in one English sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The value that was found, as JSON, cut at 80 characters; null when it is missing.</summary>
    public required string? Found { get; init; }

    /// <summary>What is allowed there, in English.</summary>
    public required string Allowed { get; init; }

    /// <summary>What to write instead, in English.</summary>
    public required string Fix { get; init; }

    /// <summary>Something that has to be changed.</summary>
    public static SpecFinding Error(string pointer, string? found, SpecFindingCode code, params (string Name, object? Value)[] arguments) =>
        Of(FindingSeverity.Error, pointer, found, code, arguments);

    /// <summary>Something that may disappoint.</summary>
    public static SpecFinding Warning(string pointer, string? found, SpecFindingCode code, params (string Name, object? Value)[] arguments) =>
        Of(FindingSeverity.Warning, pointer, found, code, arguments);

    private static SpecFinding Of(FindingSeverity severity, string pointer, string? found, SpecFindingCode code, (string Name, object? Value)[] arguments)
    {
        var named = Json.MessageArguments.Of(arguments);
        var (message, allowed, fix) = SpecFindingText.Of(code, pointer, new MessageArgumentReader(named));
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
