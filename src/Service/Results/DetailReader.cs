using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Results;

/// <summary>
/// Reads what was measured in a run. An attempt after a crash repeats epochs; then its measurement counts, not the one before.
/// </summary>
internal sealed class DetailReader(RunsDbContext database)
{
    // Literals in the queries, not parameters: the planner takes index run_events_by_type only when it sees that the type is not 'progress'.
    private const string Observation = "observation";
    private const string DecisionFrame = "decision_frame";
    private const string Evaluation = "evaluation";
    private const string Finding = "finding";

    /// <summary>The observations of some epochs, ascending.</summary>
    /// <param name="id">The run.</param>
    /// <param name="from">First epoch; null: from the first on.</param>
    /// <param name="to">Last epoch; null: to the last.</param>
    /// <param name="histograms">Whether to read the histograms too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<RunObservations> ObservationsAsync(Guid id, int? from, int? to, bool histograms, CancellationToken cancellationToken)
    {
        // Which events count is decided on what is small; then the histograms of just those are read.
        var stored = await database.Events.Where(entry => entry.RunId == id && entry.Type == Observation)
            .OrderBy(entry => entry.Seq).Select(entry => new { entry.Seq, entry.Data }).ToListAsync(cancellationToken);
        var counted = stored.Select(entry => (entry.Seq, Event: (ObservationEvent)entry.Data))
            .Where(entry => entry.Event.Epoch >= (from ?? 0) && entry.Event.Epoch <= (to ?? int.MaxValue))
            .GroupBy(entry => entry.Event.Epoch).Select(epoch => epoch.Last()).OrderBy(entry => entry.Event.Epoch).ToList();
        if (histograms)
        {
            var details = await DetailsAsync(id, [.. counted.Select(entry => entry.Seq)], cancellationToken);
            counted = counted.ConvertAll(entry => (entry.Seq, WithDetail(entry.Event, details.GetValueOrDefault(entry.Seq))));
        }

        return new RunObservations
        {
            Layers = [.. counted.SelectMany(entry => entry.Event.Layers).DistinctBy(layer => layer.Layer).OrderBy(layer => layer.Layer)
                .Select(layer => new ObservedLayer { Layer = layer.Layer, Name = layer.Name, Kind = layer.Kind })],
            Epochs = [.. counted.Select(entry => new ObservedEpoch
            {
                Epoch = entry.Event.Epoch,
                Step = entry.Event.Step,
                Layers = entry.Event.Layers,
                Histograms = entry.Event.Histograms,
            })],
        };
    }

    /// <summary>The decision frames, by epoch.</summary>
    public async Task<DecisionFilm> DecisionFramesAsync(Guid id, CancellationToken cancellationToken)
    {
        var stored = await WithDetails(id, database.Events.Where(entry => entry.Type == DecisionFrame)).ToListAsync(cancellationToken);
        var events = stored.ConvertAll(entry => WithDetail((DecisionFrameEvent)entry.Event.Data, entry.Detail));
        var frames = events.Where(happened => happened.Frame is not null)
            .GroupBy(happened => happened.Epoch).Select(epoch => epoch.Last()).OrderBy(happened => happened.Epoch).ToList();
        return new DecisionFilm
        {
            // The points are in the first frame only; an attempt that repeated it repeated them too.
            Points = frames.Select(happened => happened.Frame!.Points).FirstOrDefault(points => points is not null) ?? [],
            Frames = [.. frames.Select(happened => new FilmFrame { Epoch = happened.Epoch, Step = happened.Step, Frame = happened.Frame! with { Points = null } })],
        };
    }

    /// <summary>The evaluations: the last of each split and epoch, in the order of the run.</summary>
    public async Task<RunEvaluations> EvaluationsAsync(Guid id, CancellationToken cancellationToken)
    {
        var stored = await WithDetails(id, database.Events.Where(entry => entry.Type == Evaluation)).ToListAsync(cancellationToken);
        return new RunEvaluations
        {
            Evaluations = [.. stored
                .Select(entry => (entry.Event.Seq, entry.Event.At, Event: WithDetail((EvaluationEvent)entry.Event.Data, entry.Detail)))
                .GroupBy(entry => (entry.Event.Epoch, entry.Event.Split)).Select(same => same.Last()).OrderBy(entry => entry.Seq)
                .Select(entry => new RunEvaluation(entry.Seq, entry.At, entry.Event))],
        };
    }

    /// <summary>The findings of the diagnosis, oldest first. When a rule spoke again because it got worse, both are in it.</summary>
    public async Task<RunFindings> FindingsAsync(Guid id, CancellationToken cancellationToken)
    {
        var stored = await database.Events.Where(entry => entry.RunId == id && entry.Type == Finding)
            .OrderBy(entry => entry.Seq).Select(entry => new { entry.Seq, entry.At, entry.Data }).ToListAsync(cancellationToken);
        // A later attempt that repeats epochs repeats its findings: the first stays.
        var findings = stored.Select(entry => new RunFinding(entry.Seq, entry.At, ((FindingEvent)entry.Data).Finding))
            .DistinctBy(finding => (finding.Rule, finding.Severity));
        return new RunFindings { Findings = [.. findings] };
    }

    private IQueryable<EventAndDetail> WithDetails(Guid id, IQueryable<StoredEvent> events) =>
        from entry in events
        where entry.RunId == id
        from detail in database.Details.Where(detail => detail.RunId == id && detail.Seq == entry.Seq).DefaultIfEmpty()
        orderby entry.Seq
        select new EventAndDetail(entry, detail == null ? null : detail.Data);

    private Task<Dictionary<long, string>> DetailsAsync(Guid id, IReadOnlyList<long> seqs, CancellationToken cancellationToken) =>
        database.Details.Where(detail => detail.RunId == id && seqs.Contains(detail.Seq))
            .ToDictionaryAsync(detail => detail.Seq, detail => detail.Data, cancellationToken);

    private static T WithDetail<T>(T happened, string? detail)
        where T : RunEvent, IDetailedEvent
    {
        if (detail is null)
        {
            return happened;
        }

        using var json = JsonDocument.Parse(detail);
        return (T)happened.WithDetail(json.RootElement);
    }

    private sealed record EventAndDetail(StoredEvent Event, string? Detail);
}
