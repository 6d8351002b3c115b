using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Queue;

/// <summary>Why a run is where it is: what its story says, as a code with arguments and as an English sentence.</summary>
internal sealed record RunReason
{
    private RunReason(RunMessageCode? code, string text, IReadOnlyDictionary<string, JsonElement>? arguments)
    {
        Code = code;
        // What a trainer wrote may hold any byte; PostgreSQL's text holds no NUL, and neither does its JSON.
        Reason = text.Replace('\0', '?');
        Arguments = arguments?.ToDictionary(
            argument => argument.Key,
            argument => argument.Value is { ValueKind: JsonValueKind.String } value && value.GetString()!.Contains('\0', StringComparison.Ordinal)
                ? JsonSerializer.SerializeToElement(value.GetString()!.Replace('\0', '?'), SpecJson.Options)
                : argument.Value,
            StringComparer.Ordinal);
    }

    /// <summary>What it says; null: a trainer failed without telling.</summary>
    public RunMessageCode? Code { get; }

    /// <summary>The English sentence.</summary>
    public string Reason { get; }

    /// <summary>What it is made with; null as <see cref="Code"/> is.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; }

    /// <summary>A reason.</summary>
    public static RunReason Of(RunMessageCode code, string text, params (string Name, object? Value)[] arguments) =>
        new(code, text, Specs.Json.MessageArguments.From(arguments));

    /// <summary>A reason whose text is formed from its code and arguments.</summary>
    public static RunReason From(RunMessageCode code, params (string Name, object? Value)[] arguments)
    {
        var named = Specs.Json.MessageArguments.From(arguments);
        return new(code, RunMessageText.From(code, named), named);
    }

    /// <summary>What a trainer said.</summary>
    public static RunReason Of(FailedEvent failed) => new(failed.Code, failed.Message, failed.Arguments);

    /// <summary>The same with one more sentence.</summary>
    public RunReason And(string text, params (string Name, object? Value)[] arguments) => new(
        Code, $"{Reason} {text}", Arguments is null ? null : Arguments.Concat(Specs.Json.MessageArguments.From(arguments)).ToDictionary(StringComparer.Ordinal));

    /// <summary>Its members as a state event has them.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SpecJson.Options);
}
