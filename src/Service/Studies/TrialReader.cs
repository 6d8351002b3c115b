using System.Globalization;
using System.Text.Json;
using Npgsql;
using Trainyard.Service.Results;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Studies;

/// <summary>Reads the trials of a study: three statements, four with curves.</summary>
internal sealed class TrialReader(NpgsqlDataSource dataSource, CurveReader curves)
{
    private const int CurvePoints = 40;

    private const string Trials =
        """
        select number, state, assignment::text, value, seed_values::text, epochs, seconds, problem::text, created_at, ended_at
        from trials where study_id = $1 order by number
        """;

    private const string Runs =
        "select trial, id, seed, state, case when total_steps > 0 then least(1, step::float8 / total_steps) else 0 end from runs where study_id = $1 order by trial, seed";

    // The type is a literal, so that the planner takes run_events_by_type.
    private const string Findings =
        """
        select distinct r.trial, e.data -> 'finding' ->> 'rule' from runs r join run_events e on e.run_id = r.id and e.type = 'finding' where r.study_id = $1 order by 1, 2
        """;

    public async Task<IReadOnlyList<TrialEntry>> ReadAsync(Guid study, StudyDefinition definition, bool withCurves, CancellationToken cancellationToken)
    {
        var runs = new Dictionary<int, List<TrialRunEntry>>();
        await ForEachAsync(Runs, study, row =>
        {
            Add(runs, row.GetInt32(0), new TrialRunEntry { Id = row.GetGuid(1), Seed = row.GetInt32(2), State = RunStates.Parse(row.GetString(3)), Progress = row.GetDouble(4) });
        }, cancellationToken);
        var findings = new Dictionary<int, List<string>>();
        await ForEachAsync(Findings, study, row => Add(findings, row.GetInt32(0), row.GetString(1)), cancellationToken);
        var seedCurves = withCurves ? await CurvesAsync(runs, definition.MetricName, cancellationToken) : null;
        List<TrialEntry> trials = [];
        await ForEachAsync(Trials, study, row =>
        {
            var number = row.GetInt32(0);
            var bySeed = seedCurves?.GetValueOrDefault(number) ?? [];
            var seeds = SeedValue.From(row.IsDBNull(4) ? null : JsonElement.Parse(row.GetString(4)));
            trials.Add(new TrialEntry
            {
                Number = number,
                State = TrialStates.Parse(row.GetString(1)),
                Assignment = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.GetString(2), SpecJson.Options)!,
                Value = row.IsDBNull(3) ? null : row.GetDouble(3),
                Deviation = Deviation([.. seeds.Select(seed => seed.Value).OfType<double>()]),
                SeedValues = seeds,
                Runs = runs.GetValueOrDefault(number) ?? [],
                Epochs = row.GetInt32(5),
                Curve = withCurves ? Mean(bySeed) : null,
                SeedCurves = withCurves && definition.Seeds.Count > 1 ? bySeed : null,
                Findings = findings.GetValueOrDefault(number) ?? [],
                Seconds = row.IsDBNull(6) ? null : row.GetDouble(6),
                Problem = row.IsDBNull(7) ? null : JsonSerializer.Deserialize<TrialProblem>(row.GetString(7), SpecJson.Options),
                CreatedAt = row.GetFieldValue<DateTimeOffset>(8),
                EndedAt = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
            });
        }, cancellationToken);
        return trials;
    }

    /// <summary>The trials as a table: one row each, with its values, and the value of each seed.</summary>
    public static string ToCsv(IReadOnlyList<TrialEntry> trials, StudyDefinition definition)
    {
        var csv = new Csv();
        csv.Add([
            "trial", "state", .. definition.Parameters.Select(parameter => parameter.Name), definition.MetricName, "standard_deviation",
            .. definition.Seeds.Select(seed => $"seed_{seed.ToString(CultureInfo.InvariantCulture)}"), "seconds", "findings", "problem", "runs",
        ]);
        foreach (var trial in trials)
        {
            csv.Add([
                trial.Number, trial.State.ToWireName(), .. definition.Parameters.Select(parameter => Cell(trial, parameter.Name)), trial.Value, trial.Deviation,
                .. definition.Seeds.Select(seed => (object?)trial.SeedValues.FirstOrDefault(value => value.Seed == seed)?.Value), trial.Seconds,
                string.Join(' ', trial.Findings), trial.Problem?.Message, string.Join(' ', trial.Runs.Select(run => run.Id)),
            ]);
        }

        return csv.ToString();
    }

    internal static double? Deviation(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            return null;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    private static object? Cell(TrialEntry trial, string name) => !trial.Assignment.TryGetValue(name, out var value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String => value.GetString(),
            _ => value.GetRawText(),
        };

    // By trial, of the seeds that have one.
    private async Task<Dictionary<int, List<SeedCurve>>> CurvesAsync(Dictionary<int, List<TrialRunEntry>> runs, string metric, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. runs.Values.SelectMany(entries => entries).Select(run => run.Id)];
        if (ids.Length == 0)
        {
            return [];
        }

        var byRun = (await curves.ReadAsync(ids, [metric], CurvePoints, cancellationToken)).ToDictionary(curve => curve.Run, curve => curve.Points);
        return runs.ToDictionary(trial => trial.Key, trial => trial.Value.Where(run => byRun.ContainsKey(run.Id)).Select(run => new SeedCurve
        {
            Seed = run.Seed,
            Points = [.. byRun[run.Id].Select(point => new CurvePoint { Epoch = point.Epoch, Value = point.Value })],
        }).ToList());
    }

    // Over the seeds that have the epoch.
    private static List<CurvePoint> Mean(IEnumerable<SeedCurve> seeds) =>
    [
        .. seeds.SelectMany(seed => seed.Points).GroupBy(point => point.Epoch).OrderBy(epoch => epoch.Key)
            .Select(epoch => new CurvePoint { Epoch = epoch.Key, Value = epoch.Average(point => point.Value) }),
    ];

    private static void Add<T>(Dictionary<int, List<T>> lists, int key, T item)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        list.Add(item);
    }

    private async Task ForEachAsync(string sql, Guid study, Action<NpgsqlDataReader> read, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = study });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            read(reader);
        }
    }
}
