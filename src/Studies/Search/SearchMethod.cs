using Trainyard.Specs.Findings;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Search;

/// <summary>How a study proposes its trials.</summary>
public sealed record SearchMethod
{
    /// <summary>The method.</summary>
    public required SearchMethodName Name { get; init; }

    /// <summary>The searcher.</summary>
    /// <param name="goal">Goal of the study's metric.</param>
    public ISearcher CreateSearcher(MetricGoal goal) => Name switch
    {
        SearchMethodName.Grid => new GridSearcher(),
        SearchMethodName.Random => new RandomSearcher(),
        _ => throw new InvalidOperationException($"The method {Name} has no searcher for the goal {goal}."),
    };

    /// <summary>Checks that the method can search a valid space.</summary>
    /// <param name="space">The space.</param>
    /// <param name="pointer">JSON pointer of the list of parameters in the document that is reported on.</param>
    public IReadOnlyList<SpecFinding> Check(SearchSpace space, string pointer = "/parameters") => Name != SearchMethodName.Grid
        ? []
        :
        [
            .. space.Parameters.Index().Where(parameter => ParameterRange.GridValues(parameter.Item) is null).Select(parameter => SpecFinding.Error(
                $"{pointer}/{parameter.Index}/points", null, SpecFindingCode.GridNeedsPoints, ("name", parameter.Item.Name))),
        ];
}

/// <summary>Name of a search method.</summary>
public enum SearchMethodName
{
    /// <summary>Every combination.</summary>
    Grid,

    /// <summary>Random search (Bergstra, Bengio, 2012).</summary>
    Random,
}
