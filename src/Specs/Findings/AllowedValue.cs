using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Findings;

/// <summary>What a member may be.</summary>
public sealed record AllowedValue
{
    /// <summary>JSON type.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>Smallest number; of a text the smallest length; of a list the smallest item.</summary>
    public required double? Minimum { get; init; }

    /// <summary>Largest number; of a text the largest length; of a list the largest item.</summary>
    public required double? Maximum { get; init; }

    /// <summary>Whether <see cref="Minimum"/> itself is not allowed.</summary>
    public required bool MinimumExclusive { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is not allowed.</summary>
    public required bool MaximumExclusive { get; init; }

    /// <summary>Words of a choice.</summary>
    public required IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Largest number of items of a list.</summary>
    public required int? MaximumItems { get; init; }

    /// <summary>Whether null is allowed.</summary>
    public required bool Nullable { get; init; }

    /// <summary>What a definition permits.</summary>
    public static AllowedValue Of(ParameterDefinition definition) => new()
    {
        Kind = definition.Kind,
        Minimum = definition.Minimum,
        Maximum = definition.Maximum,
        MinimumExclusive = definition.MinimumExclusive,
        MaximumExclusive = definition.MaximumExclusive,
        Choices = definition.Choices,
        MaximumItems = definition.MaximumItems,
        Nullable = definition.Nullable,
    };

    /// <summary>The same in words.</summary>
    public override string ToString()
    {
        var words = Kind switch
        {
            ParameterKind.Boolean => "true or false",
            ParameterKind.Choice => string.Join(" | ", (Choices ?? []).Select(choice => $"\"{choice}\"")),
            ParameterKind.Numbers => $"an array of 1 to {MaximumItems} numbers {Range()}",
            ParameterKind.Text => $"a text of {Minimum} to {Maximum} characters",
            _ when Minimum == Maximum => $"{Minimum}",
            _ => $"a {(Kind == ParameterKind.Integer ? "whole " : "")}number {Range()}",
        };
        return Nullable ? $"{words}, or null" : words;
    }

    private string Range() =>
        $"{(MinimumExclusive ? "above" : "from")} {MessageArgumentReader.Show(Minimum ?? 0)} {(MaximumExclusive ? "to below" : "to")} {MessageArgumentReader.Show(Maximum ?? 0)}";
}
