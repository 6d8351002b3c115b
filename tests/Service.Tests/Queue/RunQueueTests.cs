using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Tests.Queue;

public sealed class RunQueueTests(DatabaseServer server) : IAsyncLifetime
{
    private NpgsqlDataSource dataSource = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());

    public async ValueTask DisposeAsync() => await dataSource.DisposeAsync();

    [Fact]
    public async Task ClaimNext_SeveralQueued_TakesTheOldestOfTheQueue()
    {
        await TestRuns.AddAsync(dataSource, queue: "cuda");
        var older = await TestRuns.AddAsync(dataSource);
        await TestRuns.AddAsync(dataSource);

        var claim = await Queue().ClaimNextAsync("w1", "cpu", Cancellation);

        Assert.Equal(older, claim!.RunId);
        Assert.Equal(1, claim.Attempt);
        Assert.Contains("\"xor\"", claim.Spec, StringComparison.Ordinal);
        Assert.Equal(["queued", "running"], await TestRuns.StatesAsync(dataSource, older));
        Assert.Equal("w1", await TestRuns.ScalarAsync(dataSource, $"select worker from attempts where run_id = '{older}' and attempt = 1"));
        await TestRuns.AssertNoGapsAsync(dataSource, older);
    }

    [Fact]
    public async Task ClaimNext_NothingDue_TakesNothing()
    {
        var run = await TestRuns.AddAsync(dataSource);
        await TestRuns.ExecuteAsync(dataSource, $"update runs set not_before = now() + interval '1 hour' where id = '{run}'");

        Assert.Null(await Queue().ClaimNextAsync("w1", "cpu", Cancellation));
        Assert.Null(await Queue().ClaimAsync("w1", run, ["cpu"], Cancellation));
    }

    [Fact]
    public async Task ClaimNext_ManyWorkersAtOnce_EachRunIsClaimedOnce()
    {
        for (var i = 0; i < 100; i++)
        {
            await TestRuns.AddAsync(dataSource);
        }

        var queue = Queue();
        var claims = new ConcurrentBag<RunClaim>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(
            async () =>
            {
                // SKIP LOCKED may pass over a row that another claim is about to take, so an empty answer is final only when all are taken.
                while (claims.Count < 100)
                {
                    if (await queue.ClaimNextAsync($"w{worker}", "cpu", Cancellation) is { } claim)
                    {
                        claims.Add(claim);
                    }
                }
            },
            Cancellation)));

        Assert.Equal(100, claims.Select(claim => claim.RunId).Distinct().Count());
        Assert.Equal(100, claims.Count);
        Assert.Equal(100L, await TestRuns.ScalarAsync(dataSource, "select count(*) from attempts where attempt = 1"));
    }

    [Fact]
    public async Task Claim_GivenRunTwice_SecondDeliveryGetsNothing()
    {
        var run = await TestRuns.AddAsync(dataSource);

        Assert.NotNull(await Queue().ClaimAsync("w1", run, ["cpu"], Cancellation));
        Assert.Null(await Queue().ClaimAsync("w2", run, ["cpu"], Cancellation));
    }

    [Fact]
    public async Task Claim_RunOfAnotherQueue_GetsNothing()
    {
        var run = await TestRuns.AddAsync(dataSource, queue: "cuda");

        Assert.Null(await Queue().ClaimAsync("w1", run, ["cpu"], Cancellation));
    }

    [Fact]
    public async Task Renew_HeldAndWished_SaysSo()
    {
        var queue = Queue();
        var run = await TestRuns.AddAsync(dataSource);
        var claim = await queue.ClaimNextAsync("w1", "cpu", Cancellation);

        Assert.Equal(LeaseRenewal.Held, await queue.RenewAsync(claim!, Cancellation));
        await TestRuns.ExecuteAsync(dataSource, $"update runs set state = 'pausing' where id = '{run}'");
        Assert.Equal(LeaseRenewal.PauseRequested, await queue.RenewAsync(claim!, Cancellation));
        await TestRuns.ExecuteAsync(dataSource, $"update runs set cancel_requested = true where id = '{run}'");
        Assert.Equal(LeaseRenewal.CancelRequested, await queue.RenewAsync(claim!, Cancellation));
    }

    [Fact]
    public async Task EveryWrite_AttemptThatLostItsLease_IsRefused()
    {
        var queue = Queue(new() { LeaseSeconds = 3, BackoffSeconds = 0 });
        var run = await TestRuns.AddAsync(dataSource);
        var first = await queue.ClaimNextAsync("w1", "cpu", Cancellation);
        await TestRuns.ExecuteAsync(dataSource, $"update runs set lease_expires_at = now() - interval '1 second' where id = '{run}'");
        Assert.Equal([(run, 1, RunState.Queued)], await queue.RescueAsync(Cancellation));
        var second = await queue.ClaimNextAsync("w2", "cpu", Cancellation);
        Assert.Equal(2, second!.Attempt);

        Assert.Equal(LeaseRenewal.Lost, await queue.RenewAsync(first!, Cancellation));
        Assert.Null(await queue.EndAsync(first!, RunEnding.Succeeded(), Cancellation));
        await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        Assert.Null(await EventLog.TryAppendAsync(
            connection, transaction, run, 1, [(TimeProvider.System.GetUtcNow(), NoticeEvent.From(RunMessageCode.SlowBfloat16))], Cancellation));
        await transaction.RollbackAsync(Cancellation);

        Assert.Equal(RunState.Succeeded, await queue.EndAsync(second, RunEnding.Succeeded(), Cancellation));
        Assert.Equal(["queued", "running", "queued", "running", "succeeded"], await TestRuns.StatesAsync(dataSource, run));
        Assert.Equal(["lost lease", "succeeded"], await TestRuns.ColumnAsync(dataSource, "select outcome from attempts order by attempt"));
        await TestRuns.AssertNoGapsAsync(dataSource, run);
    }

    [Fact]
    public async Task Rescue_LeaseLostTooOften_FailsTheRunAsLostWorker()
    {
        var queue = Queue(new() { MaxAttempts = 3, BackoffSeconds = 0 });
        var run = await TestRuns.AddAsync(dataSource);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(attempt, (await queue.ClaimNextAsync("w1", "cpu", Cancellation))!.Attempt);
            await TestRuns.ExecuteAsync(dataSource, $"update runs set lease_expires_at = now() - interval '1 second' where id = '{run}'");
            await queue.RescueAsync(Cancellation);
        }

        Assert.Equal("failed lost_worker", await TestRuns.ScalarAsync(dataSource, $"select state || ' ' || failure_class from runs where id = '{run}'"));
        Assert.Contains("failure 3 of at most 3", (string)(await TestRuns.ScalarAsync(dataSource, "select failure_message from runs"))!, StringComparison.Ordinal);
        const string Said = """worker_lost {"reason": "lease", "worker": "w1", "failure": 3, "maximum": 3}""";
        Assert.Equal(Said, await TestRuns.ScalarAsync(dataSource, "select failure_code || ' ' || failure_arguments from runs"));
        Assert.Equal(Said, await TestRuns.ScalarAsync(dataSource, "select code || ' ' || arguments from attempts where attempt = 3"));
        Assert.Equal(
            Said, await TestRuns.ScalarAsync(dataSource, "select (data ->> 'code') || ' ' || (data -> 'arguments') from run_events where data ->> 'state' = 'failed'"));
    }

    [Fact]
    public async Task Rescue_WorkerWithoutItsLock_IsPutBackBeforeTheLeaseEnds()
    {
        var queue = Queue();
        var run = await TestRuns.AddAsync(dataSource);
        await TestRuns.ExecuteAsync(
            dataSource,
            """
            insert into workers (id, host, queues, slots, started_at, seen_at, process_id)
            values ('w1', 'elsewhere', '{cpu}', 1, now(), now(), 7), ('old', 'elsewhere', '{cpu}', 1, now(), now(), null)
            """);
        await using var life = await dataSource.OpenConnectionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand(QueueSql.HoldWorker, life))
        {
            hold.Parameters.Add(new() { Value = "w1" });
            await hold.ExecuteNonQueryAsync(Cancellation);
        }

        var first = await queue.ClaimNextAsync("w1", "cpu", Cancellation);
        Assert.Empty(await queue.SilentWorkersAsync(Cancellation));
        Assert.Empty(await queue.RescueFromAsync(["w1"], Cancellation));

        // What the death of a process does to its connection.
        await TestRuns.ExecuteAsync(dataSource, $"select pg_terminate_backend({life.ProcessID}, 10000)");
        Assert.Equal([new SilentWorker("w1", "elsewhere", 7)], await queue.SilentWorkersAsync(Cancellation));
        Assert.Empty(await queue.RescueFromAsync(["another"], Cancellation));
        Assert.Equal([(run, 1, RunState.Queued)], await queue.RescueFromAsync(["w1"], Cancellation));

        // At once the first time; the fence holds if the worker lives after all.
        Assert.Equal(LeaseRenewal.Lost, await queue.RenewAsync(first!, Cancellation));
        Assert.Equal(2, (await queue.ClaimNextAsync("old", "cpu", Cancellation))!.Attempt);
        Assert.Equal(["lost worker"], await TestRuns.ColumnAsync(dataSource, "select outcome from attempts where attempt = 1"));

        // A worker of a version without a lock is judged by its lease alone.
        Assert.Empty(await queue.SilentWorkersAsync(Cancellation));
    }

    [Theory]
    [InlineData("cancel_requested = true", "cancelled")]
    [InlineData("state = 'pausing'", "paused")]
    public async Task Rescue_PersonHadAWish_WishIsFulfilled(string wish, string state)
    {
        var queue = Queue();
        var run = await TestRuns.AddAsync(dataSource);
        await queue.ClaimNextAsync("w1", "cpu", Cancellation);
        await TestRuns.ExecuteAsync(dataSource, $"update runs set {wish}, lease_expires_at = now() - interval '1 second' where id = '{run}'");

        await queue.RescueAsync(Cancellation);

        Assert.Equal(state, await TestRuns.ScalarAsync(dataSource, $"select state from runs where id = '{run}'"));
    }

    [Fact]
    public async Task Rescue_SeveralAtOnce_EachRunIsPutBackOnce()
    {
        var queue = Queue();
        for (var i = 0; i < 50; i++)
        {
            await TestRuns.AddAsync(dataSource);
            await queue.ClaimNextAsync("w1", "cpu", Cancellation);
        }

        await TestRuns.ExecuteAsync(dataSource, "update runs set lease_expires_at = now() - interval '1 second'");
        var rescued = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => queue.RescueAsync(Cancellation)));

        Assert.Equal(50, rescued.Sum(list => list.Count));
        Assert.Equal(50L, await TestRuns.ScalarAsync(dataSource, "select count(*) from run_events where type = 'state' and data->>'state' = 'queued' and attempt = 1"));
    }

    [Fact]
    public async Task End_RequeuedWithBackoff_IsNotClaimableBefore()
    {
        var queue = Queue();
        await TestRuns.AddAsync(dataSource);
        var claim = await queue.ClaimNextAsync("w1", "cpu", Cancellation);
        var reason = RunReason.Of(RunMessageCode.TrainerCrashed, "It crashed.", ("detail", "\0"));
        var ending = RunEnding.Transient(FailureClass.Crashed, reason, "crashed: exit code 139", 0, new() { BackoffSeconds = 3600 });

        Assert.Equal(RunState.Queued, await queue.EndAsync(claim!, ending, Cancellation));

        Assert.Null(await queue.ClaimNextAsync("w1", "cpu", Cancellation));
        Assert.Equal(
            """It crashed. Trying again (failure 1 of at most 3). trainer_crashed {"detail": "?", "failure": 1, "maximum": 3}""",
            await TestRuns.ScalarAsync(
                dataSource,
                "select (data ->> 'reason') || ' ' || (data ->> 'code') || ' ' || (data -> 'arguments') from run_events where data ->> 'state' = 'queued' and attempt = 1"));
        Assert.Equal(1, await TestRuns.ScalarAsync(dataSource, "select failed_attempts from runs"));
        Assert.True((bool)(await TestRuns.ScalarAsync(dataSource, "select not_before between now() + interval '59 min' and now() + interval '61 min' from runs"))!);
    }

    [Fact]
    public async Task End_RequeuedWhileCancelIsWished_IsCancelled()
    {
        var queue = Queue();
        await TestRuns.AddAsync(dataSource);
        var claim = await queue.ClaimNextAsync("w1", "cpu", Cancellation);
        await TestRuns.ExecuteAsync(dataSource, "update runs set cancel_requested = true");

        var ending = RunEnding.Requeued("shutdown", RunReason.Of(RunMessageCode.WorkerShutDown, "The worker shut down."));
        Assert.Equal(RunState.Cancelled, await queue.EndAsync(claim!, ending, Cancellation));
    }

    [Theory]
    [InlineData(QueueSql.ClaimNext, "runs_claimable")]
    [InlineData(QueueSql.Rescue, "runs_leased")]
    public async Task Statement_ManyRuns_UsesItsIndex(string sql, string index)
    {
        await TestRuns.AddAsync(dataSource);
        await TestRuns.ExecuteAsync(
            dataSource,
            """
            -- Nobody lists these.
            alter table runs disable trigger runs_keep_parameters;
            insert into runs (id, name, experiment, state, queue, spec, spec_sha256, seed, training_flops, created_at, updated_at, epochs, finished_at, worker, lease_expires_at)
            select gen_random_uuid(), 'x', 'x', s, 'cpu', '{}', '', 1, 1, now(), now(), 1, case when s = 'succeeded' then now() end, 'w',
                case when s = 'running' then now() + i * interval '1 second' end
            from generate_series(1, 10000) i, unnest(array['succeeded', 'queued', 'running']) s
            """);
        await TestRuns.ExecuteAsync(dataSource, "analyze runs");

        var explained = sql.Replace("$1", sql == QueueSql.Rescue ? "3" : "'w'", StringComparison.Ordinal)
            .Replace("$2", sql == QueueSql.Rescue ? "2" : "interval '1 minute'", StringComparison.Ordinal).Replace("$3", "'cpu'", StringComparison.Ordinal);
        var plan = string.Join('\n', await TestRuns.ColumnAsync(dataSource, "explain " + explained));

        Assert.Contains("using " + index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on runs", plan, StringComparison.Ordinal);
    }

    private RunQueue Queue(QueueOptions? options = null) => new(dataSource, Options.Create(options ?? new QueueOptions()), TimeProvider.System);
}
