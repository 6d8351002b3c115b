using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The way of a newcomer: from the home page into a lesson, from its verdict to a run of one's own, and onto paper.</summary>
public sealed class LessonTests(Browser browser, ServiceFixture fixture)
{
    private static readonly LocatorWaitForOptions Long = new() { Timeout = 120_000 };

    [Fact]
    public async Task Lesson_PredictedRunAndChanged_EndsWithVerdictsAndARunOfOnesOwn()
    {
        await using var visit = await browser.OpenAsync(fixture.Service, "/");
        var page = visit.Page;
        await page.Locator("a[href='/lessons/xor']").First.ClickAsync();
        var question = page.GetByRole(AriaRole.Radio);
        await question.First.WaitForAsync();
        // The claims tell the answer: they are folded until something was predicted, except on paper.
        var claims = page.GetByText("Not run yet");
        Assert.Equal((2, false), (await claims.CountAsync(), await claims.First.IsVisibleAsync()));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.True(await claims.First.IsVisibleAsync());
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        Assert.Empty(await visit.FindBarriersAsync());

        await question.First.CheckAsync();
        await page.GetByText("Settings Seed 1").ClickAsync();
        await page.GetByLabel("Seed").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Predict and run" }).ClickAsync();
        await page.Locator("[data-claim][data-verdict=holds]").Nth(1).WaitForAsync(Long);
        await page.GetByText("Run with: Seed 3").WaitForAsync();
        await page.GetByRole(AriaRole.Status).Filter(new() { HasTextString = "literature expects" }).WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());

        // The changed spec starts with that of the lesson.
        await page.Locator("a[href='/new?lesson=xor&run=hidden-layer']").ClickAsync();
        await page.Locator("[data-check=valid]").WaitForAsync(Long);
        await page.GetByLabel("Epochs", new() { Exact = true }).FillAsync("2");
        await page.Locator("[data-check=valid]").WaitForAsync(Long);
        await page.GetByRole(AriaRole.Button, new() { NameString = "Start training" }).ClickAsync();
        await visit.State("succeeded").WaitForAsync(Long);
        var spec = (await fixture.Service.RunAsync(page.Url.Split('/')[^1])).GetProperty("spec");
        Assert.Equal(2, spec.GetProperty("training").GetProperty("epochs").GetInt32());
        Assert.Equal([8], spec.GetProperty("model").GetProperty("dense").EnumerateArray().Select(units => units.GetInt32()));

        // On paper the run has its epochs, layers and spec below the curves, whichever tab is open.
        Assert.Equal(0, await page.Locator(".printed-spec").CountAsync());
        await page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await page.Locator(".printed-spec").WaitForAsync();
        Assert.Equal(2, await page.GetByRole(AriaRole.Region, new() { NameString = "Epoch by epoch" }).Locator("tbody tr").CountAsync());
        await page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        await page.Locator(".printed-spec").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Table_WithSettings_TellsItsCostBeforeAndTrainsWhatWasChosen()
    {
        await using var visit = await browser.OpenAsync(fixture.Service, "/lessons/activation-by-init");
        var page = visit.Page;
        // Nothing of the kind was trained here: only the assumed GPU has a time.
        var published = page.GetByRole(AriaRole.Region, new() { NameString = "The published size" });
        await published.GetByText("which is assumed").WaitForAsync();
        await page.GetByLabel("Convolutions").SelectOptionAsync("6");
        await page.GetByText("time unknown").First.WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());

        await page.GetByRole(AriaRole.Button, new() { NameString = "Run without predicting" }).ClickAsync();
        await page.GetByText("Run with: Seed 1 · Data: Fashion-MNIST · Training images: 1,000 · Filters: 5 to 19 · Convolutions: 6 · Epochs: 3").WaitForAsync(Long);
        var run = await page.Locator(".lesson-table a").First.GetAttributeAsync("href");
        var spec = (await fixture.Service.RunAsync(run!.Split('/')[^1])).GetProperty("spec");
        Assert.Equal(0.34, spec.GetProperty("model").GetProperty("preset").GetProperty("depth").GetDouble());

        await page.GetByRole(AriaRole.Button, new() { NameString = "Cancel" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Cancel the lesson" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Run again" }).WaitForAsync(Long);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Lesson_ThatDoesNotExist_LeadsToThoseThatDo()
    {
        await using var visit = await browser.OpenAsync(fixture.Service, "/lessons/none");
        await visit.Page.GetByRole(AriaRole.Heading, new() { NameString = "Lesson not found" }).WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { NameString = "All lessons" }).ClickAsync();
        await visit.Page.Locator("[data-lesson=xor]").WaitForAsync();
    }
}
