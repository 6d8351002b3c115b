using System.Globalization;
using System.Net;
using Trainyard.Service.Store;
using Trainyard.Service.Tests.Access;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Studies;

/// <summary>How a study goes on while its runs train; the test plays the worker.</summary>
[Trait("Needs", "database")]
public sealed class StudyStepTests(DatabaseServer server)
{
    [Fact]
    public async Task Trials_ThatEnd_MakePlaceForTheNextUntilAllAreDone()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(trials: 3, parallelism: 1, seeds: 2));

        for (var trial = 0; trial < 3; trial++)
        {
            foreach (var (id, place) in (await WaitForRunsAsync(app, study, trial, 2)).Select((id, place) => (id, place)))
            {
                await app.ReportAsync(id, 1, 0.5 + (0.1 * trial), 0.6 + (0.1 * trial) + (0.02 * place));
                await app.EndRunAsync(id);
            }
        }

        await app.WaitForStudyAsync(study, "completed");
        var detail = await app.Http.StudyAsync(study);
        Assert.Equal(3, detail["counts"]!["completed"]!.GetValue<int>());
        Assert.Equal(2, detail["best"]!["number"]!.GetValue<int>());
        Assert.Equal(0.81, detail["best"]!["value"]!.GetValue<double>(), 9);
        Assert.Equal(6, detail["seconds"]!.GetValue<double>());
        var trials = await app.Http.TrialsAsync(study);
        Assert.Equal([0.6, 0.62], trials[0]!["seedValues"]!.AsArray().Select(seed => seed!["value"]!.GetValue<double>()));
        Assert.Equal(0.02 / Math.Sqrt(2), trials[0]!["deviation"]!.GetValue<double>(), 9);
        Assert.Equal([0.5, 0.61], trials[0]!["curve"]!.AsArray().Select(point => Math.Round(point!["value"]!.GetValue<double>(), 9)));
        var csv = (await app.Http.GetStringAsync($"/api/v1/studies/{study}/trials.csv", TestContext.Current.CancellationToken)).TrimStart('\uFEFF').Split("\r\n");
        Assert.Equal("trial,state,rate,validation_accuracy,standard_deviation,seed_1,seed_2,seconds,findings,problem,runs", csv[0]);
        Assert.Equal(5, csv.Length);
    }

    [Fact]
    public async Task FailedRun_FailsItsTrialAndTheStudyGoesOn()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(trials: 2));

        await app.EndRunAsync((await WaitForRunsAsync(app, study, 0, 1))[0], "failed");
        var second = (await WaitForRunsAsync(app, study, 1, 1))[0];
        await app.ReportAsync(second, 1, 0.7);
        await app.EndRunAsync(second);

        await app.WaitForStudyAsync(study, "completed");
        var trials = await app.Http.TrialsAsync(study);
        Assert.Equal(["failed", "completed"], trials.Select(trial => trial!["state"]!.GetValue<string>()));
        Assert.Equal("out_of_memory", trials[0]!["problem"]!["code"]!.GetValue<string>());
        Assert.Equal(1, (await app.Http.StudyAsync(study))["best"]!["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task Pause_HoldsQueuedRunsAndResumeReleasesThem()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(trials: 4, parallelism: 1));
        var runs = await WaitForRunsAsync(app, study, 0, 1);

        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.DoStudyAsync(study, "pause")).Status);
        await app.WaitForAsync($"bool_and(state = 'paused') from runs where study_id = '{study}'");
        Assert.Equal("paused", (await app.Http.StudyAsync(study))["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.DoStudyAsync(study, "resume")).Status);
        await app.WaitForAsync($"bool_and(state = 'queued') from runs where study_id = '{study}'");

        await TestRuns.AssertOrderAsync(app.DataSource, runs[0]);
        Assert.Equal(HttpStatusCode.Accepted, (await app.Http.DoStudyAsync(study, "stop")).Status);
        await app.WaitForStudyAsync(study, "stopped");
        Assert.Equal(["cancelled"], (await app.RunsAsync(study)).Select(run => run.State).Distinct());
    }

    [Fact]
    public async Task Stop_LetsRunningTrialsEnd()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(trials: 4, parallelism: 1));
        var run = (await WaitForRunsAsync(app, study, 0, 1))[0];
        await app.ReportAsync(run, 1, 0.4);

        await app.Http.DoStudyAsync(study, "stop");
        await app.WaitForAsync($"bool_and(state = 'cancelled') from runs where study_id = '{study}' and trial > 0");
        await app.ReportAsync(run, 2, 0.9);
        await app.EndRunAsync(run);

        await app.WaitForStudyAsync(study, "stopped");
        Assert.Equal(0.9, (await app.Http.StudyAsync(study))["best"]!["value"]!.GetValue<double>());
    }

    [Fact]
    public async Task Budget_OfSeconds_EndsTheStudyAndExtendContinuesIt()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(trials: 100, budget: """{ "seconds": 1 }"""));
        foreach (var run in await WaitForRunsAsync(app, study, 0, 1))
        {
            await app.ReportAsync(run, 1, 0.5);
            await app.EndRunAsync(run);
        }

        // The next one waited in the queue already.
        var next = (await WaitForRunsAsync(app, study, 1, 1))[0];
        await app.ReportAsync(next, 1, 0.6);
        await app.EndRunAsync(next);
        await app.WaitForStudyAsync(study, "completed");
        Assert.Equal("seconds", (await app.Http.StudyAsync(study))["endReason"]!.GetValue<string>());

        var (status, _, _) = await app.Http.PostJsonAsync($"/api/v1/studies/{study}/extend", """{ "budget": { "seconds": 100 } }""");
        Assert.Equal(HttpStatusCode.Accepted, status);
        await WaitForRunsAsync(app, study, 2, 1);
        Assert.Equal("running", (await app.Http.StudyAsync(study))["state"]!.GetValue<string>());
        Api.IsProblem(await app.Http.PostJsonAsync($"/api/v1/studies/{study}/extend", """{ "trials": 1 }"""), HttpStatusCode.UnprocessableEntity, "invalid-body");
    }

    [Fact]
    public async Task Asha_PausesAtTheRungAndPromotesTheBest()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(
            trials: 3, parallelism: 3, epochs: 9, stopping: """{ "name": "asha", "minimumEpochs": 1, "reductionFactor": 3 }"""));
        await app.WaitForAsync($"count(*) = 3 from runs where study_id = '{study}'");
        var runs = (await app.RunsAsync(study)).ConvertAll(run => run.Id);

        for (var trial = 0; trial < 3; trial++)
        {
            // The second epoch came before the pause: the decision is that of the rung.
            await app.ReportAsync(runs[trial], 1, 0.5 + (0.1 * trial), 0.1);
            if (trial < 2)
            {
                await app.WaitForAsync($"state = 'pausing' from runs where id = '{runs[trial]}'");
                await app.EndRunAsync(runs[trial], "paused");
            }
        }

        // One of three is promoted: the last.
        await app.WaitForAsync($"count(*) = 2 from trials where study_id = '{study}' and state = 'paused' and decided = 1");
        await app.WaitForAsync($"state = 'running' from trials where study_id = '{study}' and number = 2");
        await app.ReportAsync(runs[2], 3, 0.8);

        // Nothing is left to start, and one trial alone at a rung is not promoted.
        await app.WaitForAsync($"decided = 3 and state = 'stopped' from trials where study_id = '{study}' and number = 2");
        await app.WaitForAsync($"cancel_requested from runs where id = '{runs[2]}'");
        await app.EndRunAsync(runs[2], "cancelled");
        await app.WaitForStudyAsync(study, "completed");
        Assert.Equal(["stopped", "stopped", "stopped"], (await app.Http.TrialsAsync(study)).Select(trial => trial!["state"]!.GetValue<string>()));
        Assert.Equal([0.5, 0.6, 0.8], (await app.Http.TrialsAsync(study)).Select(trial => Math.Round(trial!["value"]!.GetValue<double>(), 9)));
        Assert.Equal(["cancelled"], (await app.RunsAsync(study)).Select(run => run.State).Distinct());
    }

    [Fact]
    public async Task Median_EndsATrialThatIsWorse()
    {
        await using var app = await TestApp.StartAsync(server);
        var study = await app.Http.SubmitStudyAsync(TestStudies.Xor(
            trials: 3, parallelism: 1, epochs: 9, stopping: """{ "name": "median", "minimumEpochs": 2, "minimumTrials": 2 }"""));
        for (var trial = 0; trial < 2; trial++)
        {
            var run = (await WaitForRunsAsync(app, study, trial, 1))[0];
            await app.ReportAsync(run, 1, 0.5, 0.7, 0.9);
            await app.EndRunAsync(run);
        }

        var worse = (await WaitForRunsAsync(app, study, 2, 1))[0];
        await app.ReportAsync(worse, 1, 0.2, 0.3);
        await app.WaitForAsync($"cancel_requested from runs where id = '{worse}'");
        await app.EndRunAsync(worse, "cancelled");

        await app.WaitForStudyAsync(study, "completed");
        Assert.Equal(["completed", "completed", "stopped"], (await app.Http.TrialsAsync(study)).Select(trial => trial!["state"]!.GetValue<string>()));
        Assert.Equal("stopped", (await app.Http.GetJsonAsync($"/api/v1/runs/{worse}")).Body!["trialState"]!.GetValue<string>());
    }

    [Fact]
    public async Task Limit_OfTheOwner_HoldsUpProposalsUntilThereIsRoom()
    {
        await using var app = await AccessApp.StartAsync(server, ("Access:Limits:QueuedRuns", "2"));
        using var owner = await app.SignInAsync("owner", AccessScope.Submit);
        using var other = await app.SignInAsync("other", AccessScope.Submit);
        var (status, body, _) = await owner.PostJsonAsync("/api/v1/studies", TestStudies.Xor(trials: 4, parallelism: 4));
        Assert.Equal(HttpStatusCode.Created, status);
        var study = body!["id"]!.GetValue<Guid>();

        await Waiting.UntilAsync(
            async () => (await owner.StudyAsync(study))["waitsFor"]?.GetValue<string>() == "queuedRuns", Waiting.Soon, () => Task.FromResult("It does not wait."));

        Assert.Equal(2, (await owner.StudyAsync(study))["counts"]!["running"]!.GetValue<int>());
        Assert.Equal("owner", (await other.StudyAsync(study))["createdBy"]!.GetValue<string>());
        Api.IsProblem(await other.DoStudyAsync(study, "cancel"), HttpStatusCode.Forbidden, "not-allowed");
        await owner.DoStudyAsync(study, "cancel");
        await Waiting.UntilAsync(
            async () => (await owner.StudyAsync(study))["state"]!.GetValue<string>() == "cancelled", Waiting.Soon, () => Task.FromResult("It is not cancelled."));
    }

    // The runs of a trial, once it is proposed.
    private static async Task<List<Guid>> WaitForRunsAsync(TestApp app, Guid study, int trial, int count)
    {
        await app.WaitForAsync($"count(*) = {count.ToString(CultureInfo.InvariantCulture)} from runs where study_id = '{study}' and trial = {trial.ToString(CultureInfo.InvariantCulture)}");
        return [.. (await app.RunsAsync(study)).Where(run => run.Trial == trial).Select(run => run.Id)];
    }
}
