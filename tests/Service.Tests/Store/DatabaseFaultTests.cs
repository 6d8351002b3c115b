using System.Net;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Tests.Runs;

namespace Trainyard.Service.Tests.Store;

/// <summary>A database that answers, and cannot do what it is asked: full, read-only, starting, or busy with a concurrent transaction.</summary>
[Trait("Needs", "database")]
public sealed class DatabaseFaultTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_DatabaseCannotNow_IsAnsweredWith503()
    {
        await using var app = await TestApp.StartAsync(server);
        var queued = await app.Http.SubmitAsync();
        foreach (var state in (string[])["53100", "53200", "53400", "57P02", "57P03", "58030", "58P01", "08006", "25006"])
        {
            await FailAsync(app, state);
            foreach (var answer in (HttpResponseMessage[])[(await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor)).Response, (await app.DoAsync(queued, "cancel")).Response])
            {
                Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{state}: {answer.StatusCode}");
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            }
        }

        await HealAsync(app);
        Assert.Equal(HttpStatusCode.Created, (await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor)).Status);
        Assert.Equal(2L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from runs"));
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    public async Task Request_LosesAgainstAConcurrentTransaction_IsRepeated(string state)
    {
        await using var app = await TestApp.StartAsync(server);
        var queued = await app.Http.SubmitAsync();
        await FailAsync(app, state, times: 2);
        Assert.Equal(HttpStatusCode.Created, (await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor)).Status);

        await FailAsync(app, state, times: 2);
        Assert.Equal(HttpStatusCode.Accepted, (await app.DoAsync(queued, "cancel")).Status);
    }

    [Theory]
    [InlineData("53100")]
    [InlineData("25006")]
    [InlineData("40P01")]
    public async Task Training_DatabaseCannotStoreForAWhile_LosesNothingAndCountsNoFailure(string state)
    {
        await using var app = await StartWorkerAsync();
        var run = await TestRuns.AddAsync(app.DataSource, "steps=100 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 3, Waiting.Soon);

        await FailAsync(app, state);
        await Task.Delay(TimeSpan.FromSeconds(1.5), Cancellation);
        Assert.Equal("running 1", await TestRuns.ScalarAsync(app.DataSource, "select state || ' ' || attempt from runs"));
        await HealAsync(app);

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
        Assert.Equal("1 0", await TestRuns.ScalarAsync(app.DataSource, "select attempt || ' ' || failed_attempts from runs"));
        Assert.Equal(100L, await TestRuns.ScalarAsync(app.DataSource, "select count(distinct data->>'step') from run_events where type = 'progress'"));
        Assert.Equal(100L, await TestRuns.ScalarAsync(app.DataSource, "select count(*) from run_events where type = 'progress'"));
        await TestRuns.AssertOrderAsync(app.DataSource, run);
    }

    [Fact]
    public async Task Training_DatabaseAwayLongerThanTheLease_RunContinuesWithoutCountingAFailure()
    {
        await using var app = await StartWorkerAsync(("Queue:LeaseSeconds", "4"));
        var run = await TestRuns.AddAsync(app.DataSource, "steps=150 delay=20");
        await TestRuns.WaitForEventsAsync(app.DataSource, run, "progress", 3, Waiting.Soon);

        // Nobody can write: neither events nor renewals nor the end of the lease.
        await FailAsync(app, "53100", "runs");
        await Task.Delay(TimeSpan.FromSeconds(5.5), Cancellation);
        await HealAsync(app);

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
        Assert.Equal("2 0", await TestRuns.ScalarAsync(app.DataSource, "select attempt || ' ' || failed_attempts from runs"));
        Assert.Contains("could not renew its lease in time", await TestRuns.HistoryAsync(app.DataSource, run), StringComparison.Ordinal);
        await TestRuns.AssertOrderAsync(app.DataSource, run);
    }

    [Fact]
    public async Task Hangfire_LockOfAServerThatIsGone_DelaysNoRunLongerThanTheLease()
    {
        await using var app = await StartWorkerAsync(("Queue:LeaseSeconds", "3"));

        // As a job's state change leaves it when the database is full at its end.
        await TestRuns.ExecuteAsync(
            app.DataSource,
            "insert into hangfire.lock (resource, acquired) select 'HangFire:job:' || id || ':state-lock', now() at time zone 'utc' from generate_series(1, 3) id");
        var run = await TestRuns.AddAsync(app.DataSource, "steps=1");

        await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
    }

    private Task<TestApp> StartWorkerAsync(params (string, string)[] settings) => TestApp.StartAsync(
        server, "worker", [("Trainer:Path", Repository.FaultyTrainer), ("Queue:BackoffSeconds", "0.1"), .. settings]);

    // Every write to a table fails with this SQLSTATE, for ever or some times.
    private static Task FailAsync(TestApp app, string state, string table = "run_events", int times = int.MaxValue) => TestRuns.ExecuteAsync(
        app.DataSource,
        $"""
        drop trigger if exists fault on run_events;
        drop sequence if exists faults;
        create sequence faults;
        create or replace function fault() returns trigger language plpgsql as $$
        begin
            if nextval('faults') <= {times} then
                raise exception 'fault' using errcode = '{state}';
            end if;
            return null;
        end
        $$;
        create trigger fault before insert or update on {table} for each statement execute function fault();
        """);

    private static Task HealAsync(TestApp app) =>
        TestRuns.ExecuteAsync(app.DataSource, "drop trigger if exists fault on run_events; drop trigger if exists fault on runs");
}
