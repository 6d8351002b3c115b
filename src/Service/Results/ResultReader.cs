using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Results;

/// <summary>Reads the results of a run. Of an epoch that was repeated after a crash, the last result counts.</summary>
internal sealed class ResultReader(RunsDbContext database)
{
    // Literals in the queries, not parameters: the planner takes index run_events_by_type only when it sees that the type is not 'progress'.
    private const string Observation = "observation";
    private const string DecisionFrame = "decision_frame";
    private const string Evaluation = "evaluation";
    private const string Finding = "finding";

    public async Task<RunObservations> ObservationsAsync(Guid id, int from, int to, bool histograms, CancellationToken cancellationToken)
    {
        // Histograms are large and only read for the events that count.
        var stored = await database.Events.Where(entry => entry.RunId == id && entry.Type == Observation)
            .OrderBy(entry => entry.Seq).Select(entry => new { entry.Seq, entry.Data }).ToListAsync(cancellationToken);
        var counted = stored.Select(entry => (entry.Seq, Event: (ObservationEvent)entry.Data))
            .Where(entry => entry.Event.Epoch >= from && entry.Event.Epoch <= to)
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

    public async Task<DecisionFilm> DecisionFramesAsync(Guid id, CancellationToken cancellationToken)
    {
        var stored = await WithDetails(id, database.Events.Where(entry => entry.Type == DecisionFrame)).ToListAsync(cancellationToken);
        var events = stored.ConvertAll(entry => WithDetail((DecisionFrameEvent)entry.Event.Data, entry.Detail));
        var frames = events.Where(happened => happened.Frame is not null)
            .GroupBy(happened => happened.Epoch).Select(epoch => epoch.Last()).OrderBy(happened => happened.Epoch).ToList();
        return new DecisionFilm
        {
            // Only the first frame of an attempt has the points.
            Points = frames.Select(happened => happened.Frame!.Points).FirstOrDefault(points => points is not null) ?? [],
            Frames = [.. frames.Select(happened => new FilmFrame { Epoch = happened.Epoch, Step = happened.Step, Frame = happened.Frame! with { Points = null } })],
        };
    }

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

    /// <summary>Findings, oldest first; a rule can have one for each severity.</summary>
    public async Task<RunFindings> FindingsAsync(Guid id, CancellationToken cancellationToken)
    {
        var stored = await database.Events.Where(entry => entry.RunId == id && entry.Type == Finding)
            .OrderBy(entry => entry.Seq).Select(entry => new { entry.Seq, entry.At, entry.Data }).ToListAsync(cancellationToken);
        // An attempt that repeats epochs repeats their findings: the first counts.
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
