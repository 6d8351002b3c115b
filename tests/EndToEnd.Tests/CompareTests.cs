using System.Text.Json;
using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Comparing runs: selection, view, export, replay.</summary>
public sealed class CompareTests(Browser browser, ServiceFixture fixture)
{
    private RunningService Service => fixture.Service;

    [Fact]
    public async Task Compare_ThreeRunsChosen_ShowsThemAndTheAddressShowsThemAgain()
    {
        var runs = await fixture.ComparedRunsAsync();
        await using var visit = await browser.OpenAsync(Service, "/runs");
        await visit.Page.GetByRole(AriaRole.Navigation, new() { NameString = "Main" }).GetByRole(AriaRole.Link, new() { NameString = "Compare" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Searchbox, new() { NameString = "Search runs" }).FillAsync("compared");
        foreach (var name in Specs.ComparedNames("compared"))
        {
            await visit.Page.GetByRole(AriaRole.Checkbox, new() { NameString = name }).CheckAsync();
        }

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Done" }).ClickAsync();
        await visit.Page.Locator(".differences tbody tr").Nth(2).WaitForAsync();
        await visit.Page.Locator(".conclusion").GetByText("validation accuracy").WaitForAsync();

        // The hue is that of the optimizer, the shade that of the seed.
        var colors = await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.selected-runs li line')].map((line) => line.getAttribute('stroke'))");
        Assert.Equal(colors[1].Replace(")", "-2)", StringComparison.Ordinal), colors[2]);
        Assert.False(colors[0].StartsWith(colors[1][..^1], StringComparison.Ordinal));
        await visit.Page.GetByLabel("Metric", new() { Exact = true }).SelectOptionAsync("loss");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Mean over seeds" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Log scale" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Best validation loss" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Slider, new() { NameString = "Validation loss, up to" }).PressAsync("ArrowDown");
        await visit.Page.GetByText("of 3 runs selected").WaitForAsync();
        var seen = await SeenAsync(visit);

        // The address alone restores the same view in another browser.
        await using var again = await browser.OpenAsync(Service, new Uri(visit.Page.Url).PathAndQuery);
        await again.Page.Locator(".differences tbody tr").Nth(2).WaitForAsync();
        Assert.Equal(seen, await SeenAsync(again));
        Assert.Contains("2 of 3 runs selected", seen, StringComparison.Ordinal);
        Assert.Contains("Mean over seeds,Log scale", seen, StringComparison.Ordinal);

        var top = await again.Page.Locator("tr:has(.differences-top)").First.GetAttributeAsync("data-run");
        Assert.Contains(top, runs);
        Assert.Empty(await again.FindBarriersAsync());
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
        Assert.Empty(again.Faults);
    }

    [Fact]
    public async Task Compare_RunsThatDifferInManySettings_ConcludeInOneSentenceByTheirNames()
    {
        var runs = await fixture.TrainAsync(Specs.Xor("plain", "sgd", 1), Specs.Elaborate("elaborate"));
        await using var visit = await browser.OpenAsync(Service, Address("/compare", runs));
        var conclusion = visit.Page.Locator(".conclusion");
        await conclusion.GetByText("“plain”").WaitForAsync();
        Assert.Contains("“elaborate”", await conclusion.Locator("p").InnerTextAsync(), StringComparison.Ordinal);
        // Two lines at most; the settings follow on request.
        Assert.InRange((await conclusion.Locator("p").BoundingBoxAsync())!.Height, 15, 56);
        Assert.False(await conclusion.Locator("dl").IsVisibleAsync());
        await conclusion.GetByText("All settings of both").ClickAsync();
        await conclusion.Locator("dd").GetByText("batch size", new() { Exact = false }).First.WaitForAsync();
        Assert.Equal(2, await conclusion.Locator("dd").CountAsync());

        // The controls of the curves keep to one row.
        Assert.InRange((await visit.Page.Locator(".compare-tools").First.BoundingBoxAsync())!.Height, 25, 48);
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Compare_Exports_AreFilesOfTheRuns()
    {
        var runs = await fixture.ComparedRunsAsync();
        await using var visit = await browser.OpenAsync(Service, Address("/compare", runs));
        await visit.Page.Locator("canvas").First.WaitForAsync();

        var table = (await SavedAsync(visit, visit.Page.GetByRole(AriaRole.Link, new() { NameString = "Table as CSV" }))).Split("\r\n");
        Assert.StartsWith("run,name,experiment,state,group,/seed,", table[0], StringComparison.Ordinal);
        Assert.Equal(runs, table[1..4].Select(line => line.Split(',')[0]));

        var curves = await SavedAsync(visit, visit.Page.GetByRole(AriaRole.Link, new() { NameString = "Curves as CSV" }));
        Assert.Equal(3 * 20, curves.Split("\r\n").Count(line => line.Contains(",validation_loss,", StringComparison.Ordinal)));

        using var data = JsonDocument.Parse(await SavedAsync(visit, visit.Page.GetByRole(AriaRole.Link, new() { NameString = "All data as JSON" })));
        Assert.Equal(3, data.RootElement.GetProperty("runs").GetArrayLength());

        Assert.Empty(visit.Faults);
    }

    // Apart from the other exports: Chromium lets one page save ten files in quick succession, and drops the eleventh.
    [Fact]
    public async Task Compare_Charts_AreSavedAsSvgAndPng()
    {
        var runs = await fixture.ComparedRunsAsync();
        await using var visit = await browser.OpenAsync(Service, Address("/compare", runs));
        await visit.Page.Locator("canvas").First.WaitForAsync();

        foreach (var chart in new[] { "Curves", "Parallel coordinates", "Scatter", "Heat map of two settings" })
        {
            var svg = await SavedAsync(visit, visit.Page.GetByRole(AriaRole.Button, new() { NameString = $"{chart} as SVG" }));
            Assert.StartsWith("<svg", svg, StringComparison.Ordinal);
            Assert.DoesNotContain("var(--", svg, StringComparison.Ordinal);
            var png = await SavedAsync(visit, visit.Page.GetByRole(AriaRole.Button, new() { NameString = $"{chart} as PNG" }));
            Assert.Contains("PNG", png[..8], StringComparison.Ordinal);
        }

        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Compare_RunStillTrains_GrowsWithoutReload()
    {
        var other = await fixture.FinishedRunAsync();
        var steady = await Service.SubmitAsync(Specs.Steady("grows", 40));
        await using var visit = await browser.OpenAsync(Service, Address("/compare", [steady, other]) + "&curves=table");
        await visit.Page.GetByText("Not comparable").First.WaitForAsync();

        // The states differ until both have succeeded.
        await visit.Page.Locator($"[data-run='{steady}'] [data-state=running]").WaitForAsync();
        await Assertions.Expect(visit.Page.Locator(".differences [data-state]")).ToHaveCountAsync(0, new() { Timeout = 120_000 });
        await visit.Page.GetByRole(AriaRole.Group, new() { NameString = "Validation accuracy", Exact = true }).Locator("tbody tr").Nth(39).WaitForAsync();

        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Compare_RunIsDeletedElsewhere_GoesOnWithTheOthers()
    {
        var runs = await fixture.TrainAsync(Specs.Compared("deleted"));
        await using var visit = await browser.OpenAsync(Service, Address("/compare", runs) + "&metric=loss");
        await visit.WaitForConnectionAsync("live");
        await visit.Page.Locator(".differences tbody tr").Nth(2).WaitForAsync();

        await Service.DeleteAsync(runs[1]);

        await visit.Page.GetByText("Deleted and removed from the comparison: deleted adam 1.").WaitForAsync();
        await Assertions.Expect(visit.Page.Locator($"[data-run='{runs[1]}']")).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator(".differences tbody tr")).ToHaveCountAsync(2);
        await visit.Page.WaitForURLAsync($"/compare?metric=loss&run={runs[0]}&run={runs[2]}");
        Assert.Equal(1, visit.Loads);

        // A question that was on its way when the run was deleted is answered with 404, which the browser writes down.
        Assert.DoesNotContain(visit.Faults, fault => !fault.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replay_ClockMovedToTheEnd_IsLedByTheBestRun()
    {
        var runs = await fixture.ComparedRunsAsync();
        await using var visit = await browser.OpenAsync(Service, Address("/replay", runs));
        await visit.Page.GetByText("no run has finished an epoch").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal(0, await visit.Page.Locator("[data-rank='1']").CountAsync());

        await visit.Page.GetByRole(AriaRole.Slider, new() { NameString = "Clock" }).PressAsync("End");

        await visit.Page.Locator("[data-rank='1']").First.WaitForAsync();
        var leader = (await visit.Page.Locator("[data-rank='1'] a").First.GetAttributeAsync("href"))!.Split('/')[^1];
        Assert.Equal(await BestAsync(runs), await BestAsync([leader]));

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Restart" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "256×" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Play" }).ClickAsync();
        await visit.Page.Locator("[data-rank='1']").First.WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Pages_InEachThemeAndWidth_HaveNoBarriersAndDoNotScrollSideways()
    {
        var runs = await fixture.ComparedRunsAsync();
        const string Tables = "&curves=table&parallel=table&scatter=table&heat=table";
        foreach (var path in new[] { "/compare", Address("/compare", runs), Address("/compare", runs) + Tables, Address("/replay", runs) + "&at=100" })
        {
            await using var visit = await browser.OpenAsync(Service, path);
            await visit.WaitForConnectionAsync("live");
            await visit.Page.Locator(path.Contains('?', StringComparison.Ordinal) ? ".differences tbody tr, .board tbody tr" : ".picker-runs li").First.WaitForAsync();

            foreach (var (theme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 390) })
            {
                await visit.LookAsync(theme, width);
                await visit.FitsAsync();
                Assert.Empty(await visit.FindBarriersAsync());
            }
        }
    }

    private static LocatorWaitForOptions Long => new() { Timeout = 60_000 };

    private static string Address(string page, IEnumerable<string> runs) => $"{page}?{string.Join('&', runs.Select(run => $"run={run}"))}";

    private async Task<double?> BestAsync(IEnumerable<string> runs)
    {
        double? best = null;
        foreach (var run in runs)
        {
            var value = (await Service.RunAsync(run)).GetProperty("bestValidationAccuracy").GetDouble();
            best = best is null ? value : Math.Max(best.Value, value);
        }

        return best;
    }

    // The visible state of the view: order of the table, active settings, names of the curves.
    private static Task<string> SeenAsync(Visit visit) => visit.Page.EvaluateAsync<string>(
        """
        () => [
          ...[...document.querySelectorAll('.differences tbody tr')].map((row) => row.dataset.run),
          ...[...document.querySelectorAll('main .choice [aria-pressed=true], main .chip[aria-pressed=true]')].map((one) => one.textContent),
          ...[...document.querySelectorAll('.compare-legend button')].map((one) => one.textContent),
          document.querySelector('[aria-sort]')?.textContent,
          [...document.querySelectorAll('[role=status]')].map((one) => one.textContent).find((one) => one.includes('runs selected')),
        ].join(',')
        """);

    private static async Task<string> SavedAsync(Visit visit, ILocator control)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => control.ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }
}
