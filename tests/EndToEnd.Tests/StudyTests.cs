using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Studies in a real browser: from the form to the verdict.</summary>
public sealed class StudyTests(Browser browser, ServiceFixture fixture)
{
    [Fact]
    public async Task Form_OptimizerVariesOverTwoSeeds_SaysRunsAndTimeAndStartsAStudyWithAVerdict()
    {
        // The time is that of a similar run.
        await fixture.FinishedRunAsync();
        await using var visit = await browser.OpenAsync(fixture.Service, "/studies");
        await visit.Page.GetByRole(AriaRole.Link, new() { NameString = "New study" }).ClickAsync();
        await visit.Page.Locator("[data-template=xor]").ClickAsync();
        await visit.Page.GetByLabel("Epochs", new() { Exact = true }).FillAsync("3");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Vary Optimizer" }).ClickAsync();
        var values = visit.Page.GetByRole(AriaRole.Group, new() { NameString = "Values of Optimizer" });
        await values.GetByRole(AriaRole.Button, new() { NameString = "AdaGrad", Exact = true }).ClickAsync();
        await visit.Page.GetByLabel("Seeds per trial").FillAsync("2");
        await visit.Page.GetByText("More settings").Filter(new() { HasText = "Notes" }).ClickAsync();
        await visit.Page.GetByLabel("Notes", new() { Exact = true }).FillAsync("Expected: AdaGrad is slower.");

        var figures = visit.Page.Locator(".form-costs");
        await figures.GetByText("2 × 2 seeds").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await figures.GetByText("about").WaitForAsync();
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Start study" }).ClickAsync();

        await visit.State("completed").First.WaitForAsync(new() { Timeout = 60_000 });
        await visit.Page.Locator(".study-verdict").GetByText("2 seeds").WaitForAsync();
        await visit.Page.Locator(".study-notes").GetByText("Expected: AdaGrad is slower.").WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);

        // On a phone each trial keeps to one line, and its table scrolls.
        await visit.Page.SetViewportSizeAsync(390, 844);
        var heights = await visit.Page.Locator(".trials tbody tr").EvaluateAllAsync<double[]>("rows => rows.map((row) => row.getBoundingClientRect().height)");
        Assert.All(heights, height => Assert.InRange(height, 20, 56));
        Assert.Equal(2, heights.Length);
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
    }
}
