using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Validation;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Runs;

/// <summary>Reads runs: one to five statements per method, independent of the number of runs.</summary>
internal sealed class RunReader(RunsDbContext database, RunQueue queue, IHttpContextAccessor http)
{
    private const int MaximumChildren = 100;
    private const int EventGroup = 16;

    /// <summary>The runs with these ids, latest first, without unknown ids.</summary>
    public Task<List<RunSummary>> SummariesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Summaries(database.Runs.Where(run => ids.Contains(run.Id)).OrderByDescending(run => run.Id)).ToListAsync(cancellationToken);

    /// <summary>Everything about a run; null for an unknown id.</summary>
    public Task<RunDetail?> DetailAsync(Guid id, CancellationToken cancellationToken) => DetailAsync(id, null, cancellationToken);

    /// <summary>Everything about a run whose spec the caller has probably read: it is parsed and planned again only if it is another.</summary>
    public async Task<RunDetail?> DetailAsync(Guid id, SpecReading? read, CancellationToken cancellationToken)
    {
        var runs = database.Runs.Where(run => run.Id == id);
        if (await Summaries(runs).SingleOrDefaultAsync(cancellationToken) is not { } summary)
        {
            return null;
        }

        var rest = await runs.Select(run => new
        {
            run.Spec,
            run.SpecSha256,
            run.Notes,
            run.ParentId,
            run.ParentKind,
            run.ParentEpoch,
            TrialState = database.Trials.Where(trial => trial.StudyId == run.StudyId && trial.Number == run.Trial).Select(trial => (TrialState?)trial.State)
                .SingleOrDefault(),
            IsHandedIn = database.HandIns.Any(handIn => handIn.RunId == id && handIn.EndedAt == null),
            ParentName = database.Runs.Where(parent => parent.Id == run.ParentId).Select(parent => parent.Name).SingleOrDefault(),
            Children = database.Runs.Where(child => child.ParentId == id).OrderBy(child => child.Id).Take(MaximumChildren)
                .Select(child => new RunChild { Id = child.Id, Name = child.Name }).ToList(),
            Attempts = database.Attempts.Where(attempt => attempt.RunId == id).OrderBy(attempt => attempt.Attempt).Select(attempt => new AttemptEntry
            {
                Attempt = attempt.Attempt,
                Worker = attempt.Worker,
                StartedAt = attempt.StartedAt,
                EndedAt = attempt.EndedAt,
                Outcome = attempt.Outcome,
                Code = attempt.Code,
                Arguments = ReadArguments(attempt.Arguments),
            }).ToList(),
        }).AsSplitQuery().SingleOrDefaultAsync(cancellationToken);
        if (rest is null)
        {
            return null; // deleted in the meantime
        }

        var (spec, plan) = read is { IsValid: true } && read.Spec.Sha256() == rest.SpecSha256 ? (read.Spec, read.Plan) : StoredSpec.Read(rest.Spec);
        var actions = RunActions.For(http.HttpContext!.User, summary, spec, rest.IsHandedIn);
        return new RunDetail(summary, spec, rest.SpecSha256, plan, actions)
        {
            Waiting = summary.State == RunState.Queued ? await WaitingAsync(summary.Queue, cancellationToken) : null,
            Attempts = rest.Attempts,
            Notes = rest.Notes,
            TrialState = rest.TrialState,
            Parent = rest is { ParentId: { } parent, ParentKind: { } kind }
                ? new RunParent { Id = parent, Name = rest.ParentName, Kind = kind, Epoch = rest.ParentEpoch }
                : null,
            Children = rest.Children,
        };
    }

    private async Task<RunWait?> WaitingAsync(string name, CancellationToken cancellationToken) =>
        !(await queue.ServedAsync(cancellationToken)).TryGetValue(name, out var problem) ? RunWait.From(RunMessageCode.NoWorkerConnected, ("queue", name))
        : problem is null ? null
        : RunWait.From(RunMessageCode.StorageUnavailable, ("detail", problem));

    public Task<bool> ExistsAsync(Guid id, CancellationToken cancellationToken) => database.Runs.AnyAsync(run => run.Id == id, cancellationToken);

    /// <summary>Events after a seq, read in small groups while they are enumerated.</summary>
    public async IAsyncEnumerable<RunEventEntry> EventsAsync(Guid id, long after, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var left = limit; left > 0;)
        {
            var group = await database.Events.Where(entry => entry.RunId == id && entry.Seq > after).OrderBy(entry => entry.Seq).Take(Math.Min(left, EventGroup))
                .Select(entry => new RunEventEntry { Seq = entry.Seq, Attempt = entry.Attempt, At = entry.At, Event = entry.Data })
                .ToListAsync(cancellationToken);
            foreach (var entry in group)
            {
                yield return entry;
            }

            left = group.Count < EventGroup ? 0 : left - group.Count;
            after = group.Count > 0 ? group[^1].Seq : after;
        }
    }

    // One statement: the runs, with four lookups in metric_summaries by primary key each.
    private IQueryable<RunSummary> Summaries(IQueryable<Run> runs) =>
        from run in runs
        from trainLoss in database.MetricSummaries.Where(row => row.RunId == run.Id && row.Metric == MetricNames.TrainLoss).DefaultIfEmpty()
        from trainAccuracy in database.MetricSummaries.Where(row => row.RunId == run.Id && row.Metric == MetricNames.TrainAccuracy).DefaultIfEmpty()
        from validationLoss in database.MetricSummaries.Where(row => row.RunId == run.Id && row.Metric == MetricNames.ValidationLoss).DefaultIfEmpty()
        from validationAccuracy in database.MetricSummaries.Where(row => row.RunId == run.Id && row.Metric == MetricNames.ValidationAccuracy).DefaultIfEmpty()
        orderby run.Id descending
        select new RunSummary
        {
            Id = run.Id,
            Name = run.Name,
            Experiment = run.Experiment,
            State = run.State,
            Queue = run.Queue,
            Seed = run.Seed,
            Dataset = run.Spec.GetProperty("data").GetProperty("dataset").GetProperty("name").GetString()!,
            Model = run.Spec.GetProperty("model").GetProperty("preset").GetProperty("name").GetString()
                ?? run.Spec.GetProperty("model").GetProperty("kind").GetString()!,
            Optimizer = run.Spec.GetProperty("training").GetProperty("optimizer").GetProperty("name").GetString()!,
            LearningRate = run.Spec.GetProperty("training").GetProperty("optimizer").GetProperty("learningRate").GetDouble(),
            CreatedAt = run.CreatedAt,
            CreatedBy = run.CreatedBy,
            UpdatedAt = run.UpdatedAt,
            StartedAt = run.StartedAt,
            FinishedAt = run.FinishedAt,
            Attempt = run.Attempt,
            Worker = run.Worker,
            CancelRequested = run.CancelRequested,
            Failure = run.FailureClass == null ? null : Failure(run.FailureClass!, run.FailureCode, run.FailureArguments),
            Epochs = run.Epochs,
            Epoch = run.Epoch,
            Step = run.Step,
            TotalSteps = run.TotalSteps,
            TrainLoss = trainLoss.Latest,
            TrainAccuracy = trainAccuracy.Latest,
            ValidationLoss = validationLoss.Latest,
            ValidationAccuracy = validationAccuracy.Latest,
            BestValidationAccuracy = validationAccuracy.Best,
            BestEpoch = validationAccuracy.BestEpoch,
            Trend = validationAccuracy.Trend ?? Array.Empty<float?>(),
            Diagnosis = new RunDiagnosis { Problems = run.Problems, Warnings = run.Warnings, Infos = run.Infos, Rules = run.Findings },
            ImagesPerSecond = run.ImagesPerSecond,
            ElapsedSeconds = run.ElapsedSeconds,
            RemainingSeconds = run.RemainingSeconds,
            Tags = run.Tags,
            ParentId = run.ParentId,
            ArchivedAt = run.ArchivedAt,
            StudyId = run.StudyId,
            Trial = run.Trial,
            LastSeq = run.LastSeq,
        };

    private static Dictionary<string, JsonElement>? ReadArguments(JsonElement? arguments) => arguments?.Deserialize<Dictionary<string, JsonElement>>(SpecJson.Options);

    private static RunFailure Failure(string name, RunMessageCode? code, JsonElement? arguments)
    {
        var named = ReadArguments(arguments);
        return new()
        {
            Code = code,
            Arguments = named,
            Class = JsonSerializer.Deserialize<FailureClass>($"\"{name}\"", SpecJson.Options),
            Message = code is { } known ? RunMessageText.From(known, named ?? []) : "",
        };
    }
}
