using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Search;

/// <summary>How a study proposes its trials.</summary>
public sealed record SearchMethod
{
    /// <summary>Trials of <c>tpe</c> that are random, by default.</summary>
    public const int DefaultStartupTrials = 10;

    /// <summary>The method.</summary>
    public required SearchMethodName Name { get; init; }

    /// <summary>Of <c>quasi_random</c>: whether the sequence is shifted by the seed; default true. Without, the first trial has the lowest values.</summary>
    public bool? Scramble { get; init; }

    /// <summary>Of <c>tpe</c>: trials that are random before the first model; default 10.</summary>
    [Number(1, 100_000)]
    public int? StartupTrials { get; init; }

    /// <summary>Of <c>tpe</c>: candidates of which the best is proposed; default 24.</summary>
    [Number(1, 10_000)]
    public int? Candidates { get; init; }

    /// <summary>Of <c>tpe</c>: whether parameters without a condition are modelled together, instead of each by itself.</summary>
    public bool Multivariate { get; init; }

    /// <summary>The searcher.</summary>
    /// <param name="goal">Goal of the study's metric.</param>
    public ISearcher CreateSearcher(MetricGoal goal) => Name switch
    {
        SearchMethodName.Grid => new GridSearcher(),
        SearchMethodName.Random => new RandomSearcher(),
        SearchMethodName.QuasiRandom => new SobolSearcher(Scramble ?? true),
        _ => new TpeSearcher(goal, StartupTrials ?? DefaultStartupTrials, Candidates ?? 24, Multivariate),
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

    /// <summary>Points of a Sobol sequence.</summary>
    QuasiRandom,

    /// <summary>Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kegl, 2011).</summary>
    Tpe,
}
