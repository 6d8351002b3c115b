using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Compare;

internal sealed record ComparisonInput
{
    public required ComparedRun Run { get; init; }

    public required FlatSpec Spec { get; init; }

    /// <summary>Null before the first attempt.</summary>
    public required string? DataFingerprint { get; init; }

    /// <summary>Run and epoch of the initial weights; null for newly initialized weights.</summary>
    public required (Guid Parent, int? Epoch)? StartedFrom { get; init; }

    public required IReadOnlyList<MetricSummary> Metrics { get; init; }

    public required IReadOnlyList<Curve> Curves { get; init; }
}

/// <summary>Reads the runs of a comparison with a fixed number of statements.</summary>
internal sealed class ComparisonReader(RunsDbContext database, RunReader runs, CurveReader curves)
{
    // The runs with these ids, in this order, without unknown ids.
    // metrics: The metrics of the curves; all if null or empty. points: Maximum number of points per curve; 0 for no curves.
    public async Task<IReadOnlyList<ComparisonInput>> ReadAsync(
        IReadOnlyList<Guid> ids, IReadOnlyCollection<string>? metrics, int points, CancellationToken cancellationToken)
    {
        var summaries = (await runs.SummariesAsync(ids, cancellationToken)).ToDictionary(run => run.Id);
        var rows = await database.Runs.Where(run => ids.Contains(run.Id)).Select(run => new { run.Id, run.Spec, run.ParentId, run.ParentEpoch, run.Weights })
            .ToDictionaryAsync(run => run.Id, cancellationToken);
        var values = (await database.MetricSummaries.Where(summary => ids.Contains(summary.RunId)).ToListAsync(cancellationToken))
            .ToLookup(summary => summary.RunId);
        var read = (points > 0 ? await curves.ReadAsync(ids, metrics, points, cancellationToken) : []).ToLookup(curve => curve.Run);
        var started = (await EventsAsync(ids, "started", cancellationToken)).ToLookup(entry => entry.RunId);
        var findings = (await EventsAsync(ids, "finding", cancellationToken)).ToLookup(entry => entry.RunId);
        return [.. ids.Where(id => summaries.ContainsKey(id) && rows.ContainsKey(id)).Select(id => new ComparisonInput
        {
            Run = new ComparedRun(
                summaries[id], findings[id].Select(entry => ((FindingEvent)entry.Data).Finding.Rule).Distinct(StringComparer.Ordinal).Count()),
            Spec = new FlatSpec(StoredSpec.Canonical(rows[id].Spec)),
            DataFingerprint = started[id].Select(entry => ((StartedEvent)entry.Data).Data?.Fingerprint).LastOrDefault(),
            StartedFrom = rows[id] is { Weights: not null, ParentId: { } parent } ? (parent, rows[id].ParentEpoch) : null,
            Metrics = [.. values[id]],
            Curves = [.. read[id]],
        })];
    }

    // Types as literals, because the planner does not use index run_events_by_type for a parameter.
    private Task<List<StoredEvent>> EventsAsync(IReadOnlyList<Guid> ids, string type, CancellationToken cancellationToken)
    {
        var events = database.Events.Where(entry => ids.Contains(entry.RunId));
        events = type == "started" ? events.Where(entry => entry.Type == "started") : events.Where(entry => entry.Type == "finding");
        return events.OrderBy(entry => entry.RunId).ThenBy(entry => entry.Seq).ToListAsync(cancellationToken);
    }
}
