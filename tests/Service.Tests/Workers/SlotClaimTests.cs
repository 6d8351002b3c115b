using System.Globalization;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Workers;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Tests.Workers;

/// <summary>Worker__Slots=auto: small runs side by side with one thread each, large ones alone with all.</summary>
[Trait("Needs", "database")]
public sealed class SlotClaimTests(DatabaseServer server)
{
    [Fact]
    public void Plan_OfMeasuredSpeeds_GivesOneThreadToWhatGainsLittleFromMore()
    {
        // Two slots. All threads make the first two hardly faster, the third nearly twice as fast.
        var plan = SlotPlan.From([Speeds(1000, 500, 100), Speeds(1000, 500, 100)], Speeds(900, 600, 190));
        Assert.Equal(1e5, plan.OneThreadFlops, 1);
        Assert.Equal([2000.0, 1000, 200], plan.Sizes.Select(size => size.SideBySide));

        Assert.Equal(0, SlotPlan.From([Speeds(100, 100, 100), Speeds(100, 100, 100)], Speeds(190, 190, 190)).OneThreadFlops);
        Assert.Equal(1e6, SlotPlan.From([Speeds(100, 100, 100), Speeds(100, 100, 100)], Speeds(100, 100, 100)).OneThreadFlops);

        // Processes that only share one thread's speed gain nothing side by side.
        Assert.Equal(0, SlotPlan.From([Speeds(50, 50, 50), Speeds(50, 50, 50)], Speeds(110, 110, 110)).OneThreadFlops);

        static StepSpeed[] Speeds(params double[] stepsPerSecond) =>
            [.. stepsPerSecond.Select((speed, index) => new StepSpeed { Flops = Math.Pow(10, 2 * (index + 1)), StepsPerSecond = speed })];
    }

    [Fact]
    public async Task Runs_SmallAndLarge_AreTrainedInOrderSideBySideOrAlone()
    {
        Assert.SkipWhen(Environment.ProcessorCount < 2, "There is one core, and so one slot.");
        await using var app = await TestApp.StartAsync(
            server, "worker", [("Trainer:Path", Repository.FaultyTrainer), ("Queue:PollSeconds", "0.2"), ("Worker:Slots", "auto")]);
        List<Guid> runs = [];
        foreach (var (steps, flops) in ((int, double)[])[(40, 1), (5, 1e12), (20, 1), (20, 1)])
        {
            var run = await TestRuns.AddAsync(app.DataSource, $"steps={steps} delay=20", notify: false);
            await TestRuns.ExecuteAsync(app.DataSource, $"update runs set training_flops = {flops.ToString(CultureInfo.InvariantCulture)} where id = '{run}'");
            runs.Add(run);
        }

        await TestRuns.ExecuteAsync(app.DataSource, "select pg_notify('trainyard_queue', 'cpu')");

        foreach (var run in runs)
        {
            await TestRuns.WaitAsync(app.DataSource, run, Waiting.Soon, "succeeded");
        }

        Assert.Equal([.. runs.Select(run => $"{run}")], await TestRuns.ColumnAsync(app.DataSource, "select run_id from attempts order by started_at"));
        var overlaps = await TestRuns.ColumnAsync(
            app.DataSource, "select a.run_id || ' ' || b.run_id from attempts a join attempts b on a.run_id < b.run_id and a.started_at < b.ended_at and b.started_at < a.ended_at");
        Assert.Equal([$"{runs[2]} {runs[3]}"], overlaps);
        Assert.Equal($"{Environment.ProcessorCount}", await TestRuns.ScalarAsync(app.DataSource, "select slots::text from workers"));
        Assert.True((bool)(await TestRuns.ScalarAsync(app.DataSource, "select (engine #>> '{slotPlan,oneThreadFlops}')::float8 > 0 from workers"))!);
    }
}
