using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Compare;

/// <summary>Reads what is known of the runs of a comparison: a handful of statements, whatever their number.</summary>
internal sealed class ComparisonReader(RunsDbContext database, RunReader runs, CurveReader curves)
{
    /// <summary>The runs of these ids, in this order; ids that no run has are missing.</summary>
    /// <param name="ids">The runs.</param>
    /// <param name="metrics">The metrics whose curves are read; null: all.</param>
    /// <param name="points">At most this many points a curve; 0: no curves.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
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
            // Specs of earlier versions get the defaults of what they could not say, so that runs do not differ in it.
            Spec = new FlatSpec(JsonSerializer.SerializeToElement(StoredSpec.Read(rows[id].Spec), SpecJson.Options)),
            DataFingerprint = started[id].Select(entry => ((StartedEvent)entry.Data).Data?.Fingerprint).LastOrDefault(),
            StartedFrom = rows[id] is { Weights: not null, ParentId: { } parent } ? (parent, rows[id].ParentEpoch) : null,
            Metrics = [.. values[id]],
            Curves = [.. read[id]],
        })];
    }

    // The types are written out: with them as a parameter, the planner could not take index run_events_by_type.
    private Task<List<StoredEvent>> EventsAsync(IReadOnlyList<Guid> ids, string type, CancellationToken cancellationToken)
    {
        var events = database.Events.Where(entry => ids.Contains(entry.RunId));
        events = type == "started" ? events.Where(entry => entry.Type == "started") : events.Where(entry => entry.Type == "finding");
        return events.OrderBy(entry => entry.RunId).ThenBy(entry => entry.Seq).ToListAsync(cancellationToken);
    }
}
