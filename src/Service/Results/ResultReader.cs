using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Results;

/// <summary>Reads the results of a run. Of an epoch that was repeated after a crash, the last result counts.</summary>
internal sealed class ResultReader(RunsDbContext database, NpgsqlDataSource dataSource)
{
    // Events that are in memory at a time. Between two groups no connection is held: a client may read slowly.
    private const int GroupSize = 8;

    // Literals in the queries, not parameters: the planner takes index run_events_by_type only when it sees that the type is not 'progress'.
    private const string Finding = "finding";

    /// <summary>The statistics of the observed epochs, ascending.</summary>
    public async Task<EventSequence<ObservationEvent>> ObservationsAsync(Guid id, int from, int to, bool histograms, CancellationToken cancellationToken) =>
        new(await SeqsAsync(id, "observation", from, to, cancellationToken), (seqs, ended) => GroupAsync<ObservationEvent>(id, seqs, histograms, ended));

    /// <summary>The decision frames by epoch, ascending.</summary>
    public async Task<EventSequence<DecisionFrameEvent>> DecisionFramesAsync(Guid id, CancellationToken cancellationToken) =>
        new(await SeqsAsync(id, "decision_frame", 0, int.MaxValue, cancellationToken), (seqs, ended) => GroupAsync<DecisionFrameEvent>(id, seqs, details: true, ended));

    /// <summary>The predictions for a few images by epoch, ascending.</summary>
    public async Task<EventSequence<PredictionEvent>> PredictionsAsync(Guid id, CancellationToken cancellationToken) =>
        new(await SeqsAsync(id, "prediction", 0, int.MaxValue, cancellationToken), (seqs, ended) => GroupAsync<PredictionEvent>(id, seqs, details: true, ended));

    /// <summary>The evaluations, oldest first.</summary>
    public async Task<EventSequence<EvaluationEvent>> EvaluationsAsync(Guid id, CancellationToken cancellationToken) =>
        new([.. (await SeqsAsync(id, "evaluation", 0, int.MaxValue, cancellationToken)).Order()], (seqs, ended) => GroupAsync<EvaluationEvent>(id, seqs, details: true, ended));

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

    // The seqs of the events that count, by epoch.
    private async Task<IReadOnlyList<long>> SeqsAsync(Guid id, string type, int from, int to, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            $"""
            select max(seq) from (select seq, (data ->> 'epoch')::int as epoch, data ->> 'split' as split from run_events where run_id = $1 and type = '{type}') as event
            where epoch between $2 and $3 group by epoch, split order by epoch
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<long> seqs = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            seqs.Add(reader.GetInt64(0));
        }

        return seqs;
    }

    // Some events in the order of the seqs, with their large parts if these are wanted.
    private async Task<IReadOnlyList<StoredResult<T>>> GroupAsync<T>(Guid id, IReadOnlyList<long> seqs, bool details, CancellationToken cancellationToken)
        where T : RunEvent, IDetailedEvent
    {
        var events = await database.Events.Where(entry => entry.RunId == id && seqs.Contains(entry.Seq)).ToDictionaryAsync(entry => entry.Seq, cancellationToken);
        var parts = !details ? [] : await database.Details.Where(detail => detail.RunId == id && seqs.Contains(detail.Seq))
            .ToDictionaryAsync(detail => detail.Seq, detail => detail.Data, cancellationToken);
        return [.. seqs.Where(events.ContainsKey).Select(seq => new StoredResult<T>(seq, events[seq].At, WithDetail((T)events[seq].Data, parts.GetValueOrDefault(seq))))];
    }

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

    /// <summary>Results of a run that are read in small groups while they are enumerated.</summary>
    internal sealed class EventSequence<T>(IReadOnlyList<long> seqs, Func<IReadOnlyList<long>, CancellationToken, Task<IReadOnlyList<StoredResult<T>>>> read)
    {
        public bool IsEmpty => seqs.Count == 0;

        public async IAsyncEnumerable<StoredResult<T>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            foreach (var group in seqs.Chunk(GroupSize))
            {
                foreach (var result in await read(group, cancellationToken))
                {
                    yield return result;
                }
            }
        }
    }
}

internal sealed record StoredResult<T>(long Seq, DateTimeOffset At, T Event);
