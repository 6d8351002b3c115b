using Microsoft.EntityFrameworkCore;
using Npgsql;
using Trainyard.Service.Results;
using Trainyard.Service.Store;
using Trainyard.Service.Studies;
using Trainyard.Specs.Planning;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Lessons;

/// <summary>Reads the results that the claims of a lesson need: a fixed number of statements, and one or two more for each run whose layers count.</summary>
internal sealed class LessonFactsReader(
    RunsDbContext database, NpgsqlDataSource dataSource, CurveReader curves, ResultReader results, StudyReader studyReader, TrialReader trials)
{
    public async Task<LessonFacts> ReadAsync(
        Lesson lesson, IReadOnlyDictionary<string, Guid> runs, IReadOnlyDictionary<string, Guid> studies, CancellationToken cancellationToken)
    {
        var quantities = lesson.File.Expected.SelectMany(claim => new[] { claim.Value, claim.Minus, claim.Over }).OfType<LessonQuantity>().ToList();
        var ofStudies = new Dictionary<string, StudyFacts?>(StringComparer.Ordinal);
        foreach (var (id, study) in studies)
        {
            ofStudies[id] = await StudyAsync(lesson, study, quantities, cancellationToken);
        }

        var facts = await RunsAsync(lesson, [.. runs.Values], quantities, cancellationToken);
        return new LessonFacts
        {
            Studies = ofStudies,
            Runs = runs.ToDictionary(run => run.Key, run => facts.GetValueOrDefault(run.Value), StringComparer.Ordinal),
        };
    }

    private async Task<StudyFacts?> StudyAsync(Lesson lesson, Guid id, List<LessonQuantity> quantities, CancellationToken cancellationToken)
    {
        if (await studyReader.DetailAsync(id, cancellationToken) is not { } study)
        {
            return null;
        }

        var entries = await trials.ReadAsync(id, study.Definition, withCurves: false, cancellationToken);
        var needsRuns = quantities.Exists(quantity => quantity.Measure is not (LessonMeasure.TrialValue or LessonMeasure.TrialEpochs or LessonMeasure.CompletedTrials));
        var diverged = await database.Runs.Where(run => run.StudyId == id && run.FailureClass == "diverged").Select(run => run.Trial).ToListAsync(cancellationToken);
        var runs = needsRuns ? await RunsAsync(lesson, [.. entries.SelectMany(trial => trial.Runs).Select(run => run.Id)], quantities, cancellationToken) : [];
        return new StudyFacts(study.State, [.. entries.Select(trial => new TrialFacts
        {
            State = trial.State,
            Assignment = trial.Assignment,
            Value = trial.Value,
            Epochs = trial.Epochs * trial.Runs.Sum(run => run.Progress),
            BrokeOff = trial.State == TrialState.Failed && !diverged.Contains(trial.Number),
            Runs = [.. trial.Runs.Select(run => runs.GetValueOrDefault(run.Id)).OfType<RunFacts>()],
        })]);
    }

    private async Task<Dictionary<Guid, RunFacts>> RunsAsync(Lesson lesson, IReadOnlyList<Guid> ids, List<LessonQuantity> quantities, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await database.Runs.Where(run => ids.Contains(run.Id)).Select(run => new { run.Id, run.State, run.FailureClass, run.ElapsedSeconds, run.Step, run.Spec })
            .ToListAsync(cancellationToken);
        var metrics = (await curves.ReadAsync([.. ids], metrics: null, CurveReader.MaximumPoints, cancellationToken)).ToLookup(curve => curve.Run);
        var needsLayers = quantities.Exists(quantity => quantity.Measure is LessonMeasure.LayerCount or LessonMeasure.Parameters);
        var needsObservations = quantities.Exists(quantity => LessonMeasures.IsOfLayers(quantity.Measure));
        var tests = !quantities.Exists(quantity => quantity.Measure == LessonMeasure.TestAccuracy) ? []
            : lesson.File.HandIn is null ? await TestsAsync(ids, cancellationToken)
            : await OpenedTestsAsync(lesson, ids, cancellationToken);
        var facts = new Dictionary<Guid, RunFacts>();
        foreach (var row in rows)
        {
            facts[row.Id] = new RunFacts
            {
                State = row.State,
                FailureClass = row.FailureClass,
                Seconds = row.ElapsedSeconds,
                Updates = row.Step,
                Metrics = metrics[row.Id].ToDictionary(curve => curve.Metric, curve => curve.Points, StringComparer.Ordinal),
                Layers = needsLayers ? LayerTable.Rows(StoredSpec.Read(row.Spec).Plan) : [],
                Observations = needsObservations ? await ObservationsAsync(row.Id, cancellationToken) : [],
                TestAccuracy = tests.TryGetValue(row.Id, out var accuracy) ? accuracy : null,
            };
        }

        return facts;
    }

    private async Task<IReadOnlyList<ObservedLayers>> ObservationsAsync(Guid run, CancellationToken cancellationToken)
    {
        List<ObservedLayers> observed = [];
        var sequence = await results.ObservationsAsync(run, 0, int.MaxValue, histograms: false, cancellationToken);
        await foreach (var result in sequence.ReadAsync(cancellationToken))
        {
            observed.Add(new ObservedLayers(result.Event.Epoch, result.Event.Layers));
        }

        return observed;
    }

    // Of what was handed in: the score that counts, once the test set is opened. No other score is told, not even of a run that has one.
    private async Task<Dictionary<Guid, double>> OpenedTestsAsync(Lesson lesson, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = await database.HandIns.Where(row => ids.Contains(row.RunId) && row.Lesson == lesson.Id && row.TestAccuracy != null).OrderBy(row => row.Round)
            .Select(row => new { row.RunId, Accuracy = row.TestAccuracy!.Value }).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.RunId).ToDictionary(run => run.Key, run => run.Last().Accuracy);
    }

    // Of the latest evaluation of each run that has one. Index: run_events_by_type.
    private async Task<Dictionary<Guid, double>> TestsAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select distinct on (run_id) run_id, (data ->> 'testAccuracy')::float8 from run_events
            where run_id = any ($1) and type = 'finished' and data ->> 'testAccuracy' is not null order by run_id, seq desc
            """);
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<Guid, double>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found[reader.GetGuid(0)] = reader.GetDouble(1);
        }

        return found;
    }
}
