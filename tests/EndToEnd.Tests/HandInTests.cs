using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The hand-ins of the assignment in a real browser: from the choice of a run through the opening of the test set to the next round.</summary>
public sealed class HandInTests(Browser browser, ServiceFixture fixture)
{
    private const string Lesson = "/lessons/the-assignment";

    private static readonly LocatorWaitForOptions Long = new() { Timeout = 180_000 };

    // On the data and with the validation samples of the assignment, but with a network and a training set that take seconds.
    private static string Spec(string name, double rate) =>
        $$"""
        {
          "name": "{{name}}", "data": { "dataset": "fashion-mnist", "validationCount": 5000, "trainLimit": 500 },
          "model": { "kind": "mlp", "dense": [16] },
          "training": { "epochs": 2, "optimizer": { "name": "adam", "learningRate": {{rate}} } }
        }
        """;

    [Fact]
    public async Task Card_RunsHandedInWithdrawnAndOpened_RanksThemWithTheirTestScoresAndBeginsAnotherRound()
    {
        var runs = await fixture.TrainAsync(Spec("Good network", 0.01), Spec("Poor network", 0.000001), Specs.Quick("not for the assignment"));
        var (good, poor) = (runs[0], runs[1]);
        await using var visit = await browser.OpenAsync(fixture.Service, Lesson);
        var page = visit.Page;
        await page.GetByText("No run was handed in yet.").WaitForAsync();
        var choice = page.GetByLabel("Check a run");
        // Nothing else is offered than what may be handed in.
        await choice.Locator("option", new() { HasTextString = "Good network" }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(0, await choice.Locator("option", new() { HasTextString = "not for the assignment" }).CountAsync());
        await page.GetByLabel("Search your runs").FillAsync("poor");
        await choice.Locator("option", new() { HasTextString = "Good network" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await HandInAsync(page, poor);
        await page.GetByLabel("Search your runs").FillAsync("");
        await HandInAsync(page, good);
        Assert.Equal([good, poor], await RankingAsync(page));
        // The sheet of the chosen run: its test score is not told before the opening.
        await page.Locator("[data-claim=test-accuracy]").GetByText("not opened").WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());

        await Row(page, poor).GetByRole(AriaRole.Button, new() { NameString = "Withdraw" }).ClickAsync();
        await Row(page, poor).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByText("Earlier hand-ins (1)").WaitForAsync();
        await HandInAsync(page, poor);

        await page.GetByRole(AriaRole.Button, new() { NameString = "Open the test set" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameString = "Open the test set" }).ClickAsync();
        await page.GetByText("what was handed in is final").WaitForAsync();
        await page.Locator($"[data-hand-in='{good}'][data-test=measured]").WaitForAsync(Long);
        await page.Locator($"[data-hand-in='{poor}'][data-test=measured]").WaitForAsync(Long);
        Assert.Equal([good, poor], await RankingAsync(page));
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { NameString = "Withdraw" }).CountAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { NameString = "Hand in", Exact = true }).CountAsync());
        // Of the chosen one, the poor network, the last claim is decided now.
        await page.Locator("[data-claim=test-accuracy][data-verdict=does_not_hold]").WaitForAsync();
        Assert.Empty(await visit.FindBarriersInEachLookAsync());

        await page.GetByRole(AriaRole.Button, new() { NameString = "Begin the next round" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameString = "Begin the next round" }).ClickAsync();
        await page.GetByText("No run was handed in yet.").WaitForAsync();
        await HandInAsync(page, good);
        await Row(page, good).GetByText("test seen before").WaitForAsync();
        await page.GetByLabel("Round", new() { Exact = true }).SelectOptionAsync("1");
        await Row(page, poor).WaitForAsync();
        Assert.Equal([good, poor], await RankingAsync(page));
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    private static ILocator Row(IPage page, string run) => page.Locator($"[data-hand-in='{run}']");

    private static Task<string[]> RankingAsync(IPage page) => page.Locator("[data-hand-in]").EvaluateAllAsync<string[]>("rows => rows.map((row) => row.dataset.handIn)");

    private static async Task HandInAsync(IPage page, string run)
    {
        await page.GetByLabel("Check a run").SelectOptionAsync(run);
        await page.GetByRole(AriaRole.Button, new() { NameString = "Hand in", Exact = true }).ClickAsync();
        await Row(page, run).WaitForAsync();
    }
}
