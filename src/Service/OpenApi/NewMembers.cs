using Trainyard.Service.Lifecycle;
using Trainyard.Service.Runs;
using Trainyard.Specs.Diagnosis;
using Trainyard.Specs.Events;
using Trainyard.Specs.Models;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.OpenApi;

/// <summary>
/// Members that are always sent, but came after clients were written that make such records themselves: optional in the contract until these know them.
/// </summary>
internal static class NewMembers
{
    // Each with its code and arguments.
    private static readonly Type[] Coded =
    [
        typeof(SpecFinding), typeof(Suggestion), typeof(LayerRow), typeof(StateEvent), typeof(NoticeEvent), typeof(FailedEvent), typeof(RunFailure),
        typeof(AttemptEntry), typeof(RunAction), typeof(Finding),
    ];

    /// <summary>The names in JSON of a record's new members.</summary>
    public static IEnumerable<string> Of(Type record) =>
        Array.Exists(Coded, coded => coded.IsAssignableFrom(record)) ? ["code", "arguments"] : [];
}
