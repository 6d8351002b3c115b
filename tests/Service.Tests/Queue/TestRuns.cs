using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Tests.Queue;

/// <summary>Runs as rows, and their events.</summary>
internal static class TestRuns
{
    // Adds a queued run with its first event, as a submit does. notify: false for a lost notification.
    public static async Task<Guid> AddAsync(
        NpgsqlDataSource dataSource, string name = "test", string queue = "cpu", bool notify = true, int epochs = 1, int trainSamples = 100)
    {
        var reading = SpecReader.Read(Encoding.UTF8.GetBytes(
            $$"""
            {
              "name": "{{name}}",
              "data": { "dataset": { "name": "xor", "trainSamples": {{trainSamples}}, "testSamples": 20 } },
              "model": { "kind": "mlp", "dense": [8] },
              "training": { "epochs": {{epochs}}, "batchSize": 10, "optimizer": "adam" }
            }
            """));
        Assert.True(reading.IsValid, JsonSerializer.Serialize(reading.Findings));
        var id = Guid.CreateVersion7();
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand(
            """
            insert into runs (id, name, experiment, state, queue, spec, spec_sha256, seed, training_flops, created_at, updated_at, epochs)
            values ($1, $2, 'tests', 'queued', $3, $4::jsonb, $5, 1, 1, now(), now(), $6)
            """,
            connection,
            transaction);
        insert.Parameters.Add(new() { Value = id });
        insert.Parameters.Add(new() { Value = name });
        insert.Parameters.Add(new() { Value = queue });
        insert.Parameters.Add(new() { Value = reading.Spec!.ToJson() });
        insert.Parameters.Add(new() { Value = reading.Spec!.Sha256() });
        insert.Parameters.Add(new() { Value = epochs });
        await insert.ExecuteNonQueryAsync();
        if (notify)
        {
            await EventLog.AppendAsync(
                connection, transaction, id, 0, [(TimeProvider.System.GetUtcNow(), new StateEvent { State = "queued" })], TimeProvider.System, CancellationToken.None);
            await EventLog.NotifyQueueAsync(connection, transaction, queue, CancellationToken.None);
        }

        await transaction.CommitAsync();
        return id;
    }

    public static Task RequestAsync(NpgsqlDataSource dataSource, Guid run, string request, bool notify = true) => ExecuteAsync(
        dataSource,
        $"""
        with changed as (
            update runs set {(request == "cancel" ? "cancel_requested = true" : "state = 'pausing'")} where id = '{run}' returning id, attempt
        )
        select {(notify ? $"pg_notify('trainyard_control', id || ':' || attempt || ':{request}')" : "id")} from changed
        """);

    // Waits until a run is in one of some states. Returns the state.
    public static async Task<string> WaitAsync(NpgsqlDataSource dataSource, Guid run, TimeSpan atMost, params string[] states)
    {
        var state = "";
        await Waiting.UntilAsync(
            async () =>
            {
                state = (string)(await ScalarAsync(dataSource, $"select state from runs where id = '{run}'"))!;
                return states.Contains(state);
            },
            atMost,
            async () => $"Run {run} is {state}, not {string.Join(" or ", states)}. Its events: {await HistoryAsync(dataSource, run)}");
        return state;
    }

    /// <summary>Waits until a number of events of a type are stored.</summary>
    public static Task WaitForEventsAsync(NpgsqlDataSource dataSource, Guid run, string type, int count, TimeSpan atMost) => Waiting.UntilAsync(
        async () => (long)(await ScalarAsync(dataSource, $"select count(*) from run_events where run_id = '{run}' and type = '{type}'"))! >= count,
        atMost,
        async () => $"Run {run} has not {count} events of type {type}: {await HistoryAsync(dataSource, run)}");

    public static async Task<object?> ScalarAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of all rows, as text.</summary>
    public static async Task<List<string>> ColumnAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> values = [];
        while (await reader.ReadAsync())
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return values;
    }

    public static Task<List<string>> StatesAsync(NpgsqlDataSource dataSource, Guid run) =>
        ColumnAsync(dataSource, $"select data->>'state' from run_events where run_id = '{run}' and type = 'state' order by seq");

    /// <summary>The events of a run, but progress, in one text as readers of the API get them.</summary>
    public static async Task<string> HistoryAsync(NpgsqlDataSource dataSource, Guid run) => string.Join(
        "; ",
        (await ColumnAsync(dataSource, $"select data::text from run_events where run_id = '{run}' and type <> 'progress' order by seq"))
            .Select(data => JsonSerializer.Serialize(RunEventJson.Parse(data), SpecJson.Options)));

    /// <summary>The English text of a run's failure.</summary>
    public static async Task<string> FailureAsync(NpgsqlDataSource dataSource)
    {
        var arguments = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>((string)(await ScalarAsync(dataSource, "select failure_arguments::text from runs"))!)!;
        var code = (string)(await ScalarAsync(dataSource, "select failure_code from runs"))!;
        return RunMessageText.From(JsonSerializer.Deserialize<RunMessageCode>($"\"{code}\"", SpecJson.Options), arguments);
    }

    // The changes of state that docs/run-states.md allows.
    private static readonly HashSet<string> Transitions =
    [
        "queued running", "queued cancelled", "queued paused", "running succeeded", "running failed", "running cancelled", "running queued", "running pausing",
        "pausing paused", "pausing succeeded", "pausing failed", "pausing cancelled", "paused queued", "paused cancelled", "failed queued", "cancelled queued",
        "succeeded queued",
    ];

    /// <summary>Asserts that the events of a run are in order: seq without gaps, times that never decrease, changes of state that are allowed.</summary>
    public static async Task AssertOrderAsync(NpgsqlDataSource dataSource, Guid run)
    {
        await AssertNoGapsAsync(dataSource, run);
        var back = await ColumnAsync(
            dataSource,
            $"select seq || ' ' || type || ' ' || at || ' after ' || before from (select seq, type, at, lag(at) over (order by seq) as before from run_events where run_id = '{run}') e where at < before");
        Assert.True(back.Count == 0, $"Times of run {run} ran backwards: {string.Join("; ", back)}");
        var states = await StatesAsync(dataSource, run);
        Assert.Equal("queued", states[0]);
        Assert.All(states.Zip(states.Skip(1)), pair => Assert.Contains($"{pair.First} {pair.Second}", Transitions));
        Assert.Equal(states[^1], await ScalarAsync(dataSource, $"select state from runs where id = '{run}'"));
    }

    /// <summary>Asserts that seq counts from 1 without gaps.</summary>
    public static async Task AssertNoGapsAsync(NpgsqlDataSource dataSource, Guid run)
    {
        var seqs = await ColumnAsync(dataSource, $"select seq from run_events where run_id = '{run}' order by seq");
        Assert.Equal(Enumerable.Range(1, seqs.Count).Select(seq => seq.ToString(CultureInfo.InvariantCulture)), seqs);
        Assert.Equal(seqs[^1], ((long)(await ScalarAsync(dataSource, $"select last_seq from runs where id = '{run}'"))!).ToString(CultureInfo.InvariantCulture));
    }
}
