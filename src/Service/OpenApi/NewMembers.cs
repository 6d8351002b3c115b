using System.Text.Json;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.OpenApi;

/// <summary>
/// Members that are always sent, but came after clients were written that make such records themselves: optional in the contract until these know them.
/// </summary>
internal static class NewMembers
{
    private static readonly HashSet<(Type Record, string Member)> All =
    [
        (typeof(SpecFinding), nameof(SpecFinding.Code)),
        (typeof(SpecFinding), nameof(SpecFinding.Arguments)),
    ];

    /// <summary>The names in JSON of a record's new members.</summary>
    public static IEnumerable<string> Of(Type record) =>
        All.Where(entry => entry.Record == record).Select(entry => JsonNamingPolicy.CamelCase.ConvertName(entry.Member));
}
