using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Lessons;

// What came of a request about hand-ins. State and Split: what was found, for a refusal that tells it.
internal sealed record HandInOutcome(HandInRefusal? Refusal = null, RunState State = default, string? Dataset = null, string? Split = null)
{
    public static HandInOutcome Done { get; } = new();
}

/// <summary>Why a run was not handed in or withdrawn, the test set not opened, or no round begun.</summary>
internal enum HandInRefusal
{
    UnknownRun,

    /// <summary>The run has not succeeded.</summary>
    WrongState,

    /// <summary>It learns another dataset than those of the rankings.</summary>
    OtherDataset,

    /// <summary>Its validation samples are others than those of the rankings.</summary>
    OtherSplit,

    /// <summary>The test set was opened for the round.</summary>
    Opened,

    /// <summary>The run is not among those that were handed in.</summary>
    NotHandedIn,

    /// <summary>Nothing was handed in.</summary>
    Empty,

    /// <summary>The test set of the latest round is not opened.</summary>
    NotOpened,
}

/// <summary>
/// Runs that were handed in for a lesson, in rounds. They are ranked by the figures that are stored with them; the test set is opened once for each round. Changes of one
/// lesson exclude each other, so that nothing is handed in beside an opening.
/// </summary>
internal sealed class HandIns(RunsDbContext database, LessonFactsReader facts, RunLifecycle runs, TimeProvider clock)
{
    // First key of the advisory locks; the second is the lesson's.
    private const int LockClass = 7_239_462;

    private const int MaximumEarlier = 200;

    /// <summary>What was handed in for a round, by default the latest; null for an unknown round.</summary>
    public async Task<HandInList?> ReadAsync(Lesson lesson, int? round, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(lesson.Id, cancellationToken);
        var chosen = round is null || round == latest?.Round ? latest
            : await database.HandInRounds.AsNoTracking().SingleOrDefaultAsync(row => row.Lesson == lesson.Id && row.Round == round, cancellationToken);
        // The first round begins with its first run.
        if (chosen is null && round is not (null or 1))
        {
            return null;
        }

        var number = chosen?.Round ?? 1;
        var rows = await (
            from handIn in database.HandIns.AsNoTracking()
            from run in database.Runs.Where(run => run.Id == handIn.RunId).DefaultIfEmpty()
            where handIn.Lesson == lesson.Id && handIn.Round == number
            select new { HandIn = handIn, State = (RunState?)run.State }).ToListAsync(cancellationToken);
        var datasets = lesson.File.HandIn!.Datasets.ToList();
        var ranked =
            from row in rows
            where row.HandIn.EndedAt is null
            orderby row.HandIn.ValidationAccuracy ?? 0 descending, row.HandIn.At
            group row by row.HandIn.Dataset into ranking
            orderby datasets.IndexOf(ranking.Key)
            from place in ranking.Index()
            select Entry(lesson, place.Item.HandIn, place.Item.State, place.Index + 1, chosen?.OpenedAt is not null);
        return new HandInList
        {
            Round = number,
            LatestRound = latest?.Round ?? 1,
            OpenedAt = chosen?.OpenedAt,
            OpenedBy = chosen?.OpenedBy,
            Items = [.. ranked],
            Earlier =
            [
                .. rows.Where(row => row.HandIn.EndedAt is not null).OrderByDescending(row => row.HandIn.EndedAt).Take(MaximumEarlier)
                    .Select(row => Entry(lesson, row.HandIn, row.State, rank: null, isOpened: false)),
            ],
        };
    }

    /// <summary>Whose hand-in a run is in the latest round; false if it is none.</summary>
    public async Task<(bool Exists, string? Owner)> FindAsync(Lesson lesson, Guid run, CancellationToken cancellationToken)
    {
        var round = (await LatestAsync(lesson.Id, cancellationToken))?.Round;
        var found = await database.HandIns.Where(row => row.Lesson == lesson.Id && row.Round == round && row.RunId == run && row.EndedAt == null).Select(row => new { row.Owner })
            .SingleOrDefaultAsync(cancellationToken);
        return (found is not null, found?.Owner);
    }

    /// <summary>Hands a run in, in place of what its owner handed in before; handing it in again changes nothing.</summary>
    public async Task<HandInOutcome> AddAsync(Lesson lesson, Guid id, string? by, CancellationToken cancellationToken)
    {
        while (true)
        {
            var run = await database.Runs.Where(run => run.Id == id)
                .Select(run => new { run.Name, run.State, run.Spec, run.LastSeq, run.CreatedBy, run.Epochs, run.ElapsedSeconds }).SingleOrDefaultAsync(cancellationToken);
            if (run is null)
            {
                return new HandInOutcome(HandInRefusal.UnknownRun);
            }

            if (run.State != RunState.Succeeded)
            {
                return new HandInOutcome(HandInRefusal.WrongState, run.State);
            }

            var rules = HandInRules.Of(lesson)!;
            var data = StoredSpec.Read(run.Spec).Spec.Data;
            var split = HandInRules.OfSplit(rules.Datasets, data);
            if (!rules.Datasets.Contains(data.Dataset.Name, StringComparer.Ordinal))
            {
                return new HandInOutcome(HandInRefusal.OtherDataset, Dataset: data.Dataset.Name);
            }

            if (split != rules)
            {
                return new HandInOutcome(HandInRefusal.OtherSplit, Split: split.Split);
            }

            // Read before the locks; what is stored is what the run is then, or it is read again.
            var handIn = new HandIn
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                Lesson = lesson.Id,
                RunId = id,
                Name = run.Name,
                Owner = run.CreatedBy,
                HandedInBy = by,
                At = default, // the database's time
                Dataset = data.Dataset.Name,
                Epochs = run.Epochs,
                Seconds = run.ElapsedSeconds,
                ValidationAccuracy = await database.MetricSummaries.Where(row => row.RunId == id && row.Metric == MetricNames.ValidationAccuracy).Select(row => row.Latest)
                    .SingleOrDefaultAsync(cancellationToken),
                CheckpointSha256 = await CheckpointAsync(id, cancellationToken),
                Claims = JsonSerializer.SerializeToElement(await JudgeAsync(lesson, id, cancellationToken), SpecJson.Options),
                TestSeen = await HasSeenTestAsync(id, cancellationToken),
            };
            if (await StoreFailure.RepeatAsync(() => StoreAsync(handIn, run.LastSeq, cancellationToken)) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>Takes back a run that was handed in, while the test set is closed.</summary>
    public Task<HandInOutcome> WithdrawAsync(Lesson lesson, Guid run, CancellationToken cancellationToken) => StoreFailure.RepeatAsync(async () =>
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(lesson.Id, cancellationToken);
        var round = await LatestAsync(lesson.Id, cancellationToken);
        if (round?.OpenedAt is not null)
        {
            return new HandInOutcome(HandInRefusal.Opened);
        }

        var ended = await database.Database.ExecuteSqlAsync(
            $"""
            update hand_ins set ended_at = now(), ending = 'withdrawn' where lesson = {lesson.Id} and round = {round?.Round} and run_id = {run} and ended_at is null
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ended == 0 ? new HandInOutcome(HandInRefusal.NotHandedIn) : HandInOutcome.Done;
    });

    /// <summary>Begins the next round, once the test set of the latest one is opened.</summary>
    public Task<HandInOutcome> BeginRoundAsync(Lesson lesson, string? by, CancellationToken cancellationToken) => StoreFailure.RepeatAsync(async () =>
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(lesson.Id, cancellationToken);
        if (await LatestAsync(lesson.Id, cancellationToken) is not { OpenedAt: not null } latest)
        {
            return new HandInOutcome(HandInRefusal.NotOpened);
        }

        await InsertRoundAsync(lesson.Id, latest.Round + 1, by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return HandInOutcome.Done;
    });

    /// <summary>
    /// Opens the test set of the latest round, and queues what was handed in for its evaluation. Repeating it goes on with those that could not be queued, or whose
    /// evaluation has failed; the limit of one owner does not keep the others waiting.
    /// </summary>
    public async Task<HandInOutcome> OpenAsync(Lesson lesson, string? by, CancellationToken cancellationToken)
    {
        var (outcome, round) = await StoreFailure.RepeatAsync(() => StoreOpeningAsync(lesson, by, cancellationToken));
        if (outcome.Refusal is not null)
        {
            return outcome;
        }

        var waiting = await (
            from handIn in database.HandIns
            join run in database.Runs on handIn.RunId equals run.Id
            where handIn.Lesson == lesson.Id && handIn.Round == round && handIn.EndedAt == null && handIn.TestAccuracy == null
            orderby handIn.Id
            select new { run.Id, run.State, run.Spec, run.SpecSha256 }).ToListAsync(cancellationToken);
        foreach (var run in waiting)
        {
            // Each does nothing if a concurrent request was first.
            _ = run.State switch
            {
                RunState.Succeeded when StoredSpec.Read(run.Spec).Spec is { Training.EvaluateTest: false } spec => await runs.TestAsync(run.Id, spec, run.SpecSha256, cancellationToken),
                RunState.Failed or RunState.Cancelled => await runs.RetryAsync(run.Id, cancellationToken),
                RunState.Paused => await runs.ResumeAsync(run.Id, cancellationToken),
                _ => null,
            };
        }

        return HandInOutcome.Done;
    }

    private static HandInEntry Entry(Lesson lesson, HandIn row, RunState? state, int? rank, bool isOpened)
    {
        var verdicts = row.Claims.Deserialize<List<ClaimOutcome>>(SpecJson.Options)!.ToDictionary(claim => claim.Claim, claim => claim.Verdict, StringComparer.Ordinal);
        bool Holds(LessonClaim claim) => (claim.Value.Measure == LessonMeasure.TestAccuracy
            ? ClaimEvaluator.Evaluate(claim, new LessonFacts { Runs = Tested(lesson, row.TestAccuracy) }).Verdict
            : verdicts.GetValueOrDefault(claim.Id, ClaimVerdict.NotMeasured)) == ClaimVerdict.Holds;

        return new HandInEntry
        {
            Rank = rank,
            Run = row.RunId,
            Name = row.Name,
            State = state,
            Owner = row.Owner,
            HandedInBy = row.HandedInBy,
            At = row.At,
            EndedAt = row.EndedAt,
            Ending = row.Ending,
            Dataset = row.Dataset,
            Epochs = row.Epochs,
            Seconds = row.Seconds,
            ValidationAccuracy = row.ValidationAccuracy,
            CheckpointSha256 = row.CheckpointSha256,
            Held = lesson.File.Expected.Count(Holds),
            Claims = lesson.File.Expected.Count,
            TestSeen = row.TestSeen,
            Test = !isOpened ? HandInTest.Closed
                : row.TestAccuracy is not null ? HandInTest.Measured
                : state is null ? HandInTest.Deleted
                : state is RunState.Queued || state.Value.IsHeld() ? HandInTest.Running
                : HandInTest.Left,
            TestAccuracy = row.TestAccuracy,
        };
    }

    private static Dictionary<string, RunFacts?> Tested(Lesson lesson, double? accuracy) =>
        new(StringComparer.Ordinal) { [lesson.File.Runs![0].Id] = new RunFacts { State = RunState.Succeeded, TestAccuracy = accuracy } };

    private Task<HandInRound?> LatestAsync(string lesson, CancellationToken cancellationToken) =>
        database.HandInRounds.AsNoTracking().Where(row => row.Lesson == lesson).OrderByDescending(row => row.Round).FirstOrDefaultAsync(cancellationToken);

    // Waits for other changes of the lesson's hand-ins, until the transaction ends.
    private Task<int> LockAsync(string lesson, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockClass}, hashtext({lesson}))", cancellationToken);

    private Task<int> InsertRoundAsync(string lesson, int round, string? by, CancellationToken cancellationToken) =>
        database.Database.ExecuteSqlAsync($"insert into hand_in_rounds (lesson, round, begun_by) values ({lesson}, {round}, {by})", cancellationToken);

    // Null: the run has changed since it was read.
    private async Task<HandInOutcome?> StoreAsync(HandIn read, long lastSeq, CancellationToken cancellationToken)
    {
        database.ChangeTracker.Clear();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(read.Lesson, cancellationToken);
        var round = await LatestAsync(read.Lesson, cancellationToken);
        if (round?.OpenedAt is not null)
        {
            return new HandInOutcome(HandInRefusal.Opened);
        }

        // Nobody extends it until this is committed.
        if (await database.Database.SqlQuery<long>($"select last_seq from runs where id = {read.RunId} for update").ToListAsync(cancellationToken) is not [var found] || found != lastSeq)
        {
            return null;
        }

        if (round is null)
        {
            await InsertRoundAsync(read.Lesson, 1, by: null, cancellationToken);
        }

        var number = round?.Round ?? 1;
        if (!await database.HandIns.AnyAsync(row => row.Lesson == read.Lesson && row.Round == number && row.EndedAt == null && row.RunId == read.RunId, cancellationToken))
        {
            // Without authentication nobody can be told from others: no owner equals null, and each run counts.
            await database.Database.ExecuteSqlAsync(
                $"""
                update hand_ins set ended_at = now(), ending = 'replaced' where lesson = {read.Lesson} and round = {number} and owner = {read.Owner} and ended_at is null
                """,
                cancellationToken);
            read.Round = number;
            database.HandIns.Add(read);
            await database.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return HandInOutcome.Done;
    }

    private async Task<(HandInOutcome Outcome, int Round)> StoreOpeningAsync(Lesson lesson, string? by, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(lesson.Id, cancellationToken);
        if (await LatestAsync(lesson.Id, cancellationToken) is not { } round
            || !await database.HandIns.AnyAsync(row => row.Lesson == lesson.Id && row.Round == round.Round && row.EndedAt == null, cancellationToken))
        {
            return (new HandInOutcome(HandInRefusal.Empty), 0);
        }

        var isFirst = round.OpenedAt is null;
        if (isFirst)
        {
            await database.Database.ExecuteSqlAsync(
                $"update hand_in_rounds set opened_at = now(), opened_by = {by} where lesson = {lesson.Id} and round = {round.Round}", cancellationToken);
        }

        // Of runs that have a score: it is that of the weights that were handed in, with which they are not evaluated again. Index: run_events_by_type.
        await database.Database.ExecuteSqlAsync(
            $"""
            update hand_ins h set test_accuracy = found.accuracy, test_seen = h.test_seen or {isFirst}
            from hand_ins o cross join lateral (
                select (data ->> 'testAccuracy')::float8 as accuracy from run_events
                where run_id = o.run_id and type = 'finished' and data ->> 'testAccuracy' is not null order by seq desc limit 1) found
            where o.id = h.id and h.lesson = {lesson.Id} and h.round = {round.Round} and h.ended_at is null and h.test_accuracy is null
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (HandInOutcome.Done, round.Round);
    }

    private async Task<IReadOnlyList<ClaimOutcome>> JudgeAsync(Lesson lesson, Guid run, CancellationToken cancellationToken)
    {
        var one = new Dictionary<string, Guid>(StringComparer.Ordinal) { [lesson.File.Runs![0].Id] = run };
        var read = await facts.ReadAsync(lesson, one, ImmutableDictionary<string, Guid>.Empty, cancellationToken);
        return [.. lesson.File.Expected.Select(claim => ClaimEvaluator.Evaluate(claim, read))];
    }

    // Index: run_events_by_type.
    private async Task<string?> CheckpointAsync(Guid run, CancellationToken cancellationToken) =>
        (await database.Database.SqlQuery<string>(
            $"select data ->> 'sha256' from run_events where run_id = {run} and type = 'checkpoint' order by seq desc limit 1").ToListAsync(cancellationToken)).SingleOrDefault();

    // Whether the owner has a test score of the run, or of another one with equal settings and seed, which is the same network. Indexes: runs_by_setting,
    // run_events_by_type.
    private async Task<bool> HasSeenTestAsync(Guid run, CancellationToken cancellationToken) =>
        (await database.Database.SqlQuery<bool>(
            $"""
            select exists (
                select from runs r join runs o on o.setting = r.setting and o.seed = r.seed and o.created_by is not distinct from r.created_by
                join run_events e on e.run_id = o.id and e.type = 'finished' and e.data ->> 'testAccuracy' is not null
                where r.id = {run})
            """).ToListAsync(cancellationToken)).Single();
}
