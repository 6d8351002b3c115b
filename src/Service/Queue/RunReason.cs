using System.Text.Json;
using Trainyard.Service.Hosting;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Queue;

/// <summary>Why a run changed its state, as a code with arguments. The English text is formed from these when it is read (<see cref="RunMessageText"/>).</summary>
internal sealed record RunReason
{
    private RunReason(RunMessageCode code, IReadOnlyDictionary<string, JsonElement> arguments) => (Code, Arguments) = (code, arguments);

    public RunMessageCode Code { get; }

    public IReadOnlyDictionary<string, JsonElement> Arguments { get; }

    public static RunReason From(RunMessageCode code, params (string Name, object? Value)[] arguments) => new(code, Storable(MessageArguments.From(arguments)));

    public static RunReason From(FailedEvent failed) => new(failed.Code, Storable(failed.Arguments));

    public RunReason With(params (string Name, object? Value)[] arguments) =>
        new(Code, Arguments.Concat(MessageArguments.From(arguments)).ToDictionary(StringComparer.Ordinal));

    /// <summary>The members <c>code</c> and <c>arguments</c> of a state event.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SpecJson.Options);

    // The output of a trainer may hold any byte.
    private static Dictionary<string, JsonElement> Storable(IReadOnlyDictionary<string, JsonElement> arguments) => arguments.ToDictionary(
        argument => argument.Key,
        argument => argument.Value is { ValueKind: JsonValueKind.String } value
            ? JsonSerializer.SerializeToElement(OutsideText.Neutralize(value.GetString()!), SpecJson.Options)
            : argument.Value,
        StringComparer.Ordinal);
}
