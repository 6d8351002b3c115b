using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Trainyard.Service.Access;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Tests.Queue;

[Trait("Needs", "database")]
public sealed class RunQueueTests(DatabaseServer server) : IAsyncLifetime
{
    private NpgsqlDataSource dataSource = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => dataSource = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());

    public async ValueTask DisposeAsync() => await dataSource.DisposeAsync();

    [Fact]
    public async Task Claim_QueuedRun_StartsAnAttempt()
    {
        var run = await TestRuns.AddAsync(dataSource);

        var claim = await Queue().ClaimAsync("w1", run, ["cpu"], Cancellation);

        Assert.Equal((run, 1), (claim!.RunId, claim.Attempt));
        Assert.Contains("\"xor\"", claim.Spec, StringComparison.Ordinal);
        Assert.Equal(["queued", "running"], await TestRuns.StatesAsync(dataSource, run));
        Assert.Equal("w1", await TestRuns.ScalarAsync(dataSource, $"select worker from attempts where run_id = '{run}' and attempt = 1"));
        await TestRuns.AssertNoGapsAsync(dataSource, run);
    }

    [Fact]
    public async Task Claim_RunInBackoff_GetsNothing()
    {
        var run = await TestRuns.AddAsync(dataSource);
        await TestRuns.ExecuteAsync(dataSource, $"update runs set not_before = now() + interval '1 hour' where id = '{run}'");

        Assert.Null(await Queue().ClaimAsync("w1", run, ["cpu"], Cancellation));
        var poll = await Queue().PollAsync(Cancellation);
        Assert.Equal((false, false), (poll.Claimable, poll.Expired));
        Assert.InRange(poll.NextIn!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Assert.Empty(await Queue().ClaimableAsync(10, Cancellation));
    }

    [Fact]
    public async Task Claim_ManyWorkersAtOnce_EachRunIsClaimedOnce()
    {
        List<Guid> runs = [];
        for (var i = 0; i < 50; i++)
        {
            runs.Add(await TestRuns.AddAsync(dataSource));
        }

        var queue = Queue();
        var claims = new ConcurrentBag<RunClaim>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(
            async () =>
            {
                foreach (var run in runs)
                {
                    if (await queue.ClaimAsync($"w{worker}", run, ["cpu"], Cancellation) is { } claim)
                    {
                        claims.Add(claim);
                    }
                }
            },
            Cancellation)));

        Assert.Equal(runs.Order(), claims.Select(claim => claim.RunId).Order());
        Assert.Equal(50L, await TestRuns.ScalarAsync(dataSource, "select count(*) from attempts where attempt = 1"));
    }

    [Fact]
    public async Task Claim_OwnerWithAsManyRunsAsAllowed_LeavesTheSlotToOthers()
    {
        List<Guid> anns = [await AddOfAsync("ann"), await AddOfAsync("ann"), await AddOfAsync("ann")];
        var bobs = await AddOfAsync("bob");
        var nobodys = await TestRuns.AddAsync(dataSource);
        var queue = Queue(runningRuns: 1);

        var first = await queue.ClaimAsync("w1", anns[0], ["cpu"], Cancellation);
        Assert.Null(await queue.ClaimAsync("w2", anns[1], ["cpu"], Cancellation));
        Assert.Equal([(bobs, "cpu"), (nobodys, "cpu")], await queue.ClaimableAsync(10, Cancellation));
        Assert.Equal(bobs, (await queue.ClaimOldestAsync("w2", ["cpu"], Cancellation))!.RunId);
        Assert.Equal(nobodys, (await queue.ClaimOldestAsync("w3", ["cpu"], Cancellation))!.RunId);
        Assert.Null(await queue.ClaimOldestAsync("w4", ["cpu"], Cancellation));

        await queue.EndAsync(first!, RunEnding.Succeeded() with { StoredBytes = 12 }, Cancellation);
        Assert.Equal(anns[1], (await queue.ClaimOldestAsync("w1", ["cpu"], Cancellation))!.RunId);
        Assert.Equal(12L, await TestRuns.ScalarAsync(dataSource, $"select stored_bytes from runs where id = '{anns[0]}'"));
    }

    [Fact]
    public async Task Claim_ManyWorkersAtOnce_NeverExceedsTheRunsOfAnOwner()
    {
        for (var i = 0; i < 12; i++)
        {
            await AddOfAsync(i % 2 == 0 ? "ann" : "bob");
        }

        var queue = Queue(runningRuns: 2);
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => queue.ClaimOldestAsync($"w{worker}", ["cpu"], Cancellation)));

        Assert.Equal(4, claims.Count(claim => claim is not null));
        Assert.Equal("2, 2", await TestRuns.ScalarAsync(
            dataSource, "select string_agg(count::text, ', ') from (select count(*) from runs where state = 'running' group by created_by) as owners"));
    }

    [Fact]
    public async Task Claimable_TwoQueues_ReturnsTheOldestOfEach()
    {
        var cuda = await TestRuns.AddAsync(dataSource, queue: "cuda");
        List<Guid> cpu = [await TestRuns.AddAsync(dataSource), await TestRuns.AddAsync(dataSource), await TestRuns.AddAsync(dataSource)];

        var claimable = await Queue().ClaimableAsync(2, Cancellation);

        Assert.Equal([(cpu[0], "cpu"), (cpu[1], "cpu"), (cuda, "cuda")], claimable);
        Assert.Equal(new(Claimable: true, Expired: false, NextIn: null), await Queue().PollAsync(Cancellation));
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
    public async Task Renew_HeldRun_ReturnsTheRequest()
    {
        var queue = Queue();
        var claim = await ClaimAsync(queue);

        Assert.Equal(new(Held: true), await queue.RenewAsync(claim, Cancellation));
        await TestRuns.ExecuteAsync(dataSource, "update runs set state = 'pausing'");
        Assert.Equal(new(Held: true, StopRequest.Pause), await queue.RenewAsync(claim, Cancellation));
        await TestRuns.ExecuteAsync(dataSource, "update runs set cancel_requested = true");
        Assert.Equal(new(Held: true, StopRequest.Cancel), await queue.RenewAsync(claim, Cancellation));
    }

    [Fact]
    public async Task Append_HeldRun_RenewsTheLeaseAndReturnsTheRequest()
    {
        var claim = await ClaimAsync(Queue());
        await TestRuns.ExecuteAsync(dataSource, "update runs set lease_expires_at = now() - interval '1 second', cancel_requested = true");

        var appended = await AppendAsync(claim, TimeSpan.FromHours(1));

        Assert.Equal((3, RunState.Running, true), (appended!.LastSeq, appended.State, appended.CancelRequested));
        Assert.True((bool)(await TestRuns.ScalarAsync(dataSource, "select lease_expires_at between now() + interval '59 min' and now() + interval '61 min' from runs"))!);
    }

    [Fact]
    public async Task EveryWrite_AttemptThatLostItsLease_IsRefused()
    {
        var queue = Queue(new() { LeaseSeconds = 3, BackoffSeconds = 0 });
        var first = await ClaimAsync(queue);
        var run = first.RunId;
        await TestRuns.ExecuteAsync(dataSource, "update runs set lease_expires_at = now() - interval '1 second'");
        Assert.Equal(new(Claimable: false, Expired: true, NextIn: null), await queue.PollAsync(Cancellation));
        Assert.Equal([new(run, 1, RunState.Queued)], await queue.TakeBackExpiredAsync(Cancellation));
        var second = (await queue.ClaimAsync("w2", run, ["cpu"], Cancellation))!;
        Assert.Equal(2, second.Attempt);

        Assert.Equal(new(Held: false), await queue.RenewAsync(first, Cancellation));
        Assert.Null(await queue.EndAsync(first, RunEnding.Succeeded(), Cancellation));
        Assert.Null(await AppendAsync(first, TimeSpan.FromHours(1)));

        Assert.Equal(RunState.Succeeded, await queue.EndAsync(second, RunEnding.Succeeded(), Cancellation));
        Assert.Equal(["queued", "running", "queued", "running", "succeeded"], await TestRuns.StatesAsync(dataSource, run));
        Assert.Equal(["lost lease", "succeeded"], await TestRuns.ColumnAsync(dataSource, "select outcome from attempts order by attempt"));
        await TestRuns.AssertNoGapsAsync(dataSource, run);
    }

    // A session in the middle of a COPY waits for its client while it is active: as one of a worker that was suspended when half of its statements were sent.
    [Fact]
    public async Task TakeBack_WorkerSuspendedWithTheLockOfItsRun_EndsItsSession()
    {
        var run = await TestRuns.AddAsync(dataSource);
        var queue = Queue();
        await queue.ClaimAsync("w1", run, ["cpu"], Cancellation);
        await TestRuns.ExecuteAsync(dataSource, $"update runs set lease_expires_at = now() - interval '1 second' where id = '{run}'");
        var suspended = await dataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await suspended.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand($"create temporary table half (line text); select from runs where id = '{run}' for update", suspended, transaction);
        await command.ExecuteNonQueryAsync(Cancellation);
        var copy = await suspended.BeginTextImportAsync("copy half from stdin", Cancellation);
        Assert.Empty(await queue.TakeBackExpiredAsync(Cancellation));

        await Waiting.UntilAsync(async () => (await queue.TakeBackExpiredAsync(Cancellation)).Contains(new(run, 1, RunState.Queued)), "The run was not taken back.");

        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await copy.DisposeAsync());
        Assert.NotEqual(System.Data.ConnectionState.Open, suspended.State);
    }

    [Fact]
    public async Task TakeBack_LeaseExpiredTooOften_FailsTheRunAsLostWorker()
    {
        var queue = Queue(new() { MaxAttempts = 3, BackoffSeconds = 0 });
        var run = await TestRuns.AddAsync(dataSource);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.Equal(attempt, (await queue.ClaimAsync("w1", run, ["cpu"], Cancellation))!.Attempt);
            await TestRuns.ExecuteAsync(dataSource, "update runs set lease_expires_at = now() - interval '1 second'");
            await queue.TakeBackExpiredAsync(Cancellation);
        }

        Assert.Equal("failed lost_worker", await TestRuns.ScalarAsync(dataSource, $"select state || ' ' || failure_class from runs where id = '{run}'"));
        const string Reason = """worker_lost {"reason": "lease", "worker": "w1", "failure": 3, "maximum": 3}""";
        Assert.Equal(Reason, await TestRuns.ScalarAsync(dataSource, "select failure_code || ' ' || failure_arguments from runs"));
        Assert.Equal(Reason, await TestRuns.ScalarAsync(dataSource, "select code || ' ' || arguments from attempts where attempt = 3"));
        Assert.Equal(
            Reason, await TestRuns.ScalarAsync(dataSource, "select (data ->> 'code') || ' ' || (data -> 'arguments') from run_events where data ->> 'state' = 'failed'"));
        Assert.Contains(
            "Worker w1 did not renew its lease in time. Failed attempt 3 of at most 3.", await TestRuns.HistoryAsync(dataSource, run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_WithProgressBetween_DoNotEndTheRun()
    {
        var queue = Queue(new() { MaxAttempts = 3, BackoffSeconds = 0 });
        var run = await TestRuns.AddAsync(dataSource);
        foreach (var step in (int[])[314, 673, 1027, 1027, 500])
        {
            var claim = (await queue.ClaimAsync("w1", run, ["cpu"], Cancellation))!;
            await AppendAsync(claim, TimeSpan.FromMinutes(1), Checkpoint(step));
            await TestRuns.ExecuteAsync(dataSource, "update runs set lease_expires_at = now() - interval '1 second'");
            await queue.TakeBackExpiredAsync(Cancellation);
        }

        // The last two had no checkpoint beyond the one at step 1,027.
        Assert.Equal("failed 3 1027", await TestRuns.ScalarAsync(dataSource, "select state || ' ' || failed_attempts || ' ' || checkpoint_step from runs"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_CountedFailure_FailsTheRunUnlessThereWasProgress(bool progress)
    {
        var queue = Queue(new() { MaxAttempts = 1 });
        var claim = await ClaimAsync(queue);
        await TestRuns.ExecuteAsync(dataSource, "update runs set failed_attempts = 1, checkpoint_step = 10");
        await AppendAsync(claim, TimeSpan.FromMinutes(1), Checkpoint(progress ? 11 : 10));

        var ending = RunEnding.Transient(FailureClass.Crashed, RunReason.From(RunMessageCode.WorkerFailed, ("detail", "x")), "crashed: worker");
        Assert.Equal(RunState.Failed, await queue.EndAsync(claim, ending, Cancellation));

        var failures = progress ? 1 : 2;
        Assert.Equal($"crashed {failures}", await TestRuns.ScalarAsync(dataSource, "select failure_class || ' ' || (failure_arguments ->> 'failure') from runs"));
    }

    [Fact]
    public async Task Events_StoredAfterALaterChange_HaveItsTimeAtLeast()
    {
        var queue = Queue();
        var claim = await ClaimAsync(queue);
        await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            // now() of this transaction is before the change of the other one, and before its own event.
            await using (var begin = new NpgsqlCommand("select now()", connection, transaction))
            {
                await begin.ExecuteScalarAsync(Cancellation);
            }

            await TestRuns.ExecuteAsync(dataSource, "update runs set updated_at = now() + interval '5 seconds'");
            await EventLog.TryAppendAsync(
                connection, transaction, claim.RunId, claim.Attempt, TimeSpan.FromMinutes(1),
                [(TimeProvider.System.GetUtcNow(), Checkpoint(1)), (TimeProvider.System.GetUtcNow().AddSeconds(-1), Checkpoint(2))], TimeProvider.System, Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        Assert.Equal(RunState.Succeeded, await queue.EndAsync(claim, RunEnding.Succeeded(), Cancellation));
        await TestRuns.AssertOrderAsync(dataSource, claim.RunId);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task Events_ClockOfTheWorkerIsWrong_HaveTheDatabasesTime(int hours)
    {
        var claim = await ClaimAsync(Queue());
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(hours));

        await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await EventLog.TryAppendAsync(
            connection, transaction, claim.RunId, claim.Attempt, TimeSpan.FromMinutes(1), [(clock.GetUtcNow(), Checkpoint(1))], clock, Cancellation);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal(
            true, await TestRuns.ScalarAsync(dataSource, "select max(at) between now() - interval '1 minute' and now() + interval '1 minute' from run_events"));
    }

    [Fact]
    public async Task ClaimOldest_SeveralQueues_TakesTheFirstThatHasARun()
    {
        var cuda = await TestRuns.AddAsync(dataSource, queue: "cuda");
        var (first, _) = (await TestRuns.AddAsync(dataSource), await TestRuns.AddAsync(dataSource));
        var queue = Queue();

        Assert.Equal(first, (await queue.ClaimOldestAsync("w1", ["cpu", "cuda"], Cancellation))!.RunId);
        Assert.Equal(cuda, (await queue.ClaimOldestAsync("w1", ["cuda", "cpu"], Cancellation))!.RunId);
        Assert.Null(await queue.ClaimOldestAsync("w1", ["cuda"], Cancellation));
    }

    [Fact]
    public async Task TakeBackOfWorkers_WorkerHoldsARun_IsRequeuedBeforeTheLeaseEnds()
    {
        var queue = Queue();
        var claim = await ClaimAsync(queue);

        Assert.Empty(await queue.TakeBackOfWorkersAsync(["another"], Cancellation));
        Assert.Equal([new(claim.RunId, 1, RunState.Queued)], await queue.TakeBackOfWorkersAsync(["w1"], Cancellation));

        // Without a backoff the first time; the fence holds if the worker is alive after all.
        Assert.Equal(new(Held: false), await queue.RenewAsync(claim, Cancellation));
        Assert.Equal(2, (await queue.ClaimAsync("w2", claim.RunId, ["cpu"], Cancellation))!.Attempt);
        Assert.Equal(["lost worker"], await TestRuns.ColumnAsync(dataSource, "select outcome from attempts where attempt = 1"));
        Assert.Contains("Worker w1 is no longer running.", await TestRuns.HistoryAsync(dataSource, claim.RunId), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancel_requested = true", "cancelled")]
    [InlineData("state = 'pausing'", "paused")]
    public async Task TakeBack_StopWasRequested_RequestIsHonored(string request, string state)
    {
        var queue = Queue();
        await ClaimAsync(queue);
        await TestRuns.ExecuteAsync(dataSource, $"update runs set {request}, lease_expires_at = now() - interval '1 second'");

        await queue.TakeBackExpiredAsync(Cancellation);

        Assert.Equal(state, await TestRuns.ScalarAsync(dataSource, "select state from runs"));
    }

    [Fact]
    public async Task TakeBack_SeveralProcessesAtOnce_EachRunIsRequeuedOnce()
    {
        var queue = Queue();
        for (var i = 0; i < 50; i++)
        {
            await ClaimAsync(queue);
        }

        await TestRuns.ExecuteAsync(dataSource, "update runs set lease_expires_at = now() - interval '1 second'");
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => queue.TakeBackExpiredAsync(Cancellation)));

        Assert.Equal(50, taken.Sum(list => list.Count));
        Assert.Equal(50L, await TestRuns.ScalarAsync(dataSource, "select count(*) from run_events where type = 'state' and data->>'state' = 'queued' and attempt = 1"));
    }

    [Fact]
    public async Task End_RequeuedWithBackoff_IsNotClaimableBefore()
    {
        var queue = Queue(new() { BackoffSeconds = 3600 });
        var claim = await ClaimAsync(queue);
        var reason = RunReason.From(RunMessageCode.WorkerFailed, ("detail", "\0"));
        var ending = RunEnding.Transient(FailureClass.Crashed, reason, "crashed: exit code 139");

        Assert.Equal(RunState.Queued, await queue.EndAsync(claim, ending, Cancellation));

        Assert.Null(await queue.ClaimAsync("w1", claim.RunId, ["cpu"], Cancellation));
        Assert.Equal(
            """worker_failed {"detail": "␀", "failure": 1, "maximum": 3}""",
            await TestRuns.ScalarAsync(
                dataSource, "select (data ->> 'code') || ' ' || (data -> 'arguments') from run_events where data ->> 'state' = 'queued' and attempt = 1"));
        Assert.Contains(@"The worker failed: \u2400. Failed attempt 1 of at most 3.", await TestRuns.HistoryAsync(dataSource, claim.RunId), StringComparison.Ordinal);
        Assert.Equal(1, await TestRuns.ScalarAsync(dataSource, "select failed_attempts from runs"));
        Assert.True((bool)(await TestRuns.ScalarAsync(dataSource, "select not_before between now() + interval '59 min' and now() + interval '61 min' from runs"))!);
    }

    [Fact]
    public async Task End_RequeuedWhileCancelIsRequested_IsCancelled()
    {
        var queue = Queue();
        var claim = await ClaimAsync(queue);
        await TestRuns.ExecuteAsync(dataSource, "update runs set cancel_requested = true");

        var ending = RunEnding.Requeued("shutdown", RunReason.From(RunMessageCode.WorkerShutDown, ("checkpoint", "none")));
        Assert.Equal(RunState.Cancelled, await queue.EndAsync(claim, ending, Cancellation));
    }

    [Theory]
    [InlineData(QueueSql.Claimable, "runs_claimable")]
    [InlineData(QueueSql.Poll, "runs_claimable", "runs_leased")]
    [InlineData(QueueSql.TakeBackExpired, "runs_leased")]
    public async Task Statement_ManyRuns_UsesItsIndex(string sql, params string[] indexes)
    {
        await TestRuns.AddAsync(dataSource);
        await TestRuns.ExecuteAsync(
            dataSource,
            """
            alter table runs disable trigger runs_keep_parameters;
            insert into runs (id, name, experiment, state, queue, spec, spec_sha256, seed, training_flops, created_at, updated_at, epochs, finished_at, worker, lease_expires_at)
            select gen_random_uuid(), 'x', 'x', s, 'cpu', '{}', '', 1, 1, now(), now(), 1, case when s = 'succeeded' then now() end, 'w',
                case when s = 'running' then now() + i * interval '1 second' end
            from generate_series(1, 10000) i, unnest(array['succeeded', 'queued', 'running']) s
            """);
        await TestRuns.ExecuteAsync(dataSource, "analyze runs");

        var explained = sql.Replace("$1", "3", StringComparison.Ordinal).Replace("$2", "2", StringComparison.Ordinal);
        var plan = string.Join('\n', await TestRuns.ColumnAsync(dataSource, "explain " + explained));

        Assert.All(indexes, index => Assert.Contains("using " + index, plan, StringComparison.Ordinal));
        Assert.DoesNotContain("Seq Scan on runs", plan, StringComparison.Ordinal);
    }

    private async Task<RunClaim> ClaimAsync(RunQueue queue) =>
        (await queue.ClaimAsync("w1", await TestRuns.AddAsync(dataSource), ["cpu"], Cancellation))!;

    private static CheckpointEvent Checkpoint(long step) => new() { Epoch = 1, Step = step, File = "x", Bytes = 1, Sha256 = "" };

    private async Task<AppendedEvents?> AppendAsync(RunClaim claim, TimeSpan lease, RunEvent? happened = null)
    {
        await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var appended = await EventLog.TryAppendAsync(
            connection, transaction, claim.RunId, claim.Attempt, lease,
            [(TimeProvider.System.GetUtcNow(), happened ?? NoticeEvent.From(RunMessageCode.SlowBfloat16))], TimeProvider.System, Cancellation);
        await transaction.CommitAsync(Cancellation);
        return appended;
    }

    private async Task<Guid> AddOfAsync(string owner)
    {
        var run = await TestRuns.AddAsync(dataSource);
        await TestRuns.ExecuteAsync(dataSource, $"update runs set created_by = '{owner}' where id = '{run}'");
        return run;
    }

    private RunQueue Queue(QueueOptions? options = null, int runningRuns = 0) =>
        new(dataSource, Options.Create(options ?? new QueueOptions()), Options.Create(new LimitOptions { RunningRuns = runningRuns }), TimeProvider.System);
}
