using System.Globalization;
using System.Text;
using Trainyard.Studies.Importance;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Space;

/// <summary>Spaces at random, with numbers at the ends of what a double can hold: read or refused, and searched without a failure.</summary>
public sealed class AnySpaceTests
{
    private static readonly double[] Numbers = [0, 1, -1, 0.1, 3, 1e-6, 1e-300, 5e-324, 1e9, 1e15, -1e15, 0.3, 100, 1e-9];

    [Fact]
    public void Space_OfAnyNumbers_IsRefusedOrSearched()
    {
        var random = new System.Random(5);
        var searched = 0;
        for (var document = 0; document < 600; document++)
        {
            var parameters = Enumerable.Range(0, random.Next(1, 4)).Select(index => Parameter(random, index)).ToArray();
            var reading = SearchSpaceReader.Read(Encoding.UTF8.GetBytes($$"""{ "parameters": [{{string.Join(", ", parameters)}}] }"""));
            Assert.Equal(reading.Space is null, reading.Findings.Count > 0);
            if (reading.Space is { } space)
            {
                searched++;
                Search(space);
            }
        }

        Assert.InRange(searched, 50, 600);
    }

    private static void Search(SearchSpace space)
    {
        foreach (var method in Enum.GetValues<SearchMethodName>().Select(name => new SearchMethod { Name = name, StartupTrials = 3 }).Where(method => method.Check(space).Count == 0))
        {
            var searcher = method.CreateSearcher(MetricGoal.Minimize);
            List<TrialResult> trials = [];
            while (trials.Count < 12 && searcher.Propose(space, trials, trials.Count, 1) is { } assignment)
            {
                Assert.Equal(assignment, Assignment.FromJson(assignment.ToJson()));
                Assert.All(space.Parameters.Where(parameter => parameter.Low is not null), parameter => Assert.InRange(
                    assignment[parameter.Name]?.GetDouble() ?? parameter.Low!.Value, parameter.Low!.Value, parameter.High!.Value));
                trials.Add(new TrialResult { Number = trials.Count, Assignment = assignment, State = TrialState.Completed, Value = trials.Count % 5 });
            }

            Assert.True(trials.Count == 12 || trials.Count == searcher.TrialsOf(space));
            ImportanceAnalysis.Of(space, trials, MetricGoal.Minimize);
        }
    }

    private static string Parameter(System.Random random, int index)
    {
        List<string> members = [$"\"name\": \"p{index}\"", $"\"pointers\": [\"/p{index}\"]"];
        if (random.Next(4) == 0)
        {
            members.Add($"\"kind\": \"categorical\", \"values\": [{string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Number(random)))}]");
        }
        else
        {
            members.Add($"\"kind\": \"{(random.Next(2) == 0 ? "float" : "int")}\", \"low\": {Number(random)}, \"high\": {Number(random)}");
            members.AddRange(new[] { "\"log\": true", $"\"step\": {Number(random)}", $"\"points\": {random.Next(2, 5)}" }.Where(_ => random.Next(3) == 0));
        }

        if (index > 0 && random.Next(3) == 0)
        {
            members.Add($"\"when\": {{ \"parameter\": \"p{random.Next(index)}\", \"in\": [{Number(random)}, {Number(random)}] }}");
        }

        return $"{{ {string.Join(", ", members)} }}";
    }

    private static string Number(System.Random random) => Numbers[random.Next(Numbers.Length)].ToString("R", CultureInfo.InvariantCulture);
}
