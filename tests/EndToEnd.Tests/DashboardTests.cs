using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The dashboard in a real browser, from the real service, during real training.</summary>
public sealed class DashboardTests(Browser browser, ServiceFixture fixture)
{
    private RunningService Service => fixture.Service;

    [Fact]
    public async Task RunPage_RunTrains_ShowsEveryEpochAndTheEndWithoutReload()
    {
        var id = await Service.SubmitAsync(Specs.Quick("watched"));
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}?loss=table");

        await visit.State("succeeded").WaitForAsync(Long);
        await visit.Page.GetByText("100% · epoch 20 of 20").WaitForAsync();

        Assert.Equal(Enumerable.Range(1, 20), await EpochsInTableAsync(visit));
        var best = (await Service.RunAsync(id)).GetProperty("bestValidationAccuracy").GetDouble();
        await visit.Page.GetByText(best.ToString("P2", PercentWithoutSpace)).First.WaitForAsync();
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task RunPage_RunTrains_DrawsItsCurves()
    {
        var id = await Service.SubmitAsync(Specs.Quick("drawn"));
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");

        await visit.State("succeeded").WaitForAsync(Long);
        foreach (var chart in new[] { "Loss", "Accuracy" })
        {
            var canvas = visit.Page.GetByRole(AriaRole.Img, new() { NameString = chart }).Locator("canvas").First;
            await canvas.WaitForAsync();
            // Both curves' colors are on the canvas: #0072b2 for train, #c65200 for validation.
            await visit.Page.WaitForFunctionAsync(
                """
                (canvas) => {
                  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                  let train = 0, validation = 0;
                  for (let i = 0; i < data.length; i += 4) {
                    if (data[i] === 0 && data[i + 1] === 0x72 && data[i + 2] === 0xb2 && data[i + 3] === 255) train++;
                    if (data[i] === 0xc6 && data[i + 1] === 0x52 && data[i + 2] === 0 && data[i + 3] === 255) validation++;
                  }
                  return train > 50 && validation > 50;
                }
                """,
                await canvas.ElementHandleAsync());
        }

        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task RunsTable_RunIsPosted_ShowsItAndItsEndWithoutReload()
    {
        await using var visit = await browser.OpenAsync(Service, "/runs");
        await visit.WaitForConnectionAsync("live");

        var id = await Service.SubmitAsync(Specs.Quick("appears by itself"));

        var row = visit.Page.Locator($"[data-run='{id}']");
        await row.WaitForAsync();
        await row.Locator("[data-state=succeeded]").WaitForAsync(Long);
        Assert.Contains("epoch 20 of 20", await row.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task RunsTable_FilterOpenAndArchive_KeepsTheSelectionAndTakesBackTheArchive()
    {
        var id = await Service.SubmitAsync(Specs.Quick("to be archived"));
        await fixture.SucceededAsync(id);
        await using var visit = await browser.OpenAsync(Service, "/runs");
        var page = visit.Page;
        var row = page.Locator($"[data-run='{id}']");
        await row.WaitForAsync();

        // A filter, by completion; then a wrong one, which is explained.
        var filter = page.GetByRole(AriaRole.Combobox, new() { NameString = "Filter by metrics and settings" });
        await filter.ClickAsync();
        await page.Keyboard.TypeAsync("val");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(">= 0 and name ~ archived");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/runs?where=*");
        await page.GetByText("1 run", new() { Exact = true }).WaitForAsync();
        await filter.FillAsync("acuracy > 1");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("did you mean 'accuracy'").WaitForAsync();
        await filter.FillAsync("");
        await page.Keyboard.PressAsync("Enter");

        // The selection and the place survive a look at the run.
        await row.GetByRole(AriaRole.Checkbox).CheckAsync();
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await visit.State("succeeded").WaitForAsync();
        await page.GoBackAsync();
        await page.GetByText("1 run selected").WaitForAsync();
        await page.WaitForFunctionAsync("id => document.activeElement?.closest('[data-run]')?.dataset.run === id", id);

        await page.GetByRole(AriaRole.Region, new() { NameString = "Actions on the selected runs" }).GetByRole(AriaRole.Button, new() { NameString = "Archive" }).ClickAsync();
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await Service.RunAsync(id)).GetProperty("archivedAt").ValueKind);
        await page.GetByRole(AriaRole.Button, new() { NameString = "Undo" }).ClickAsync();
        await row.WaitForAsync();

        await page.GetByLabel("Group by").SelectOptionAsync("experiment");
        await page.Locator(".group-row").First.WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.All(visit.Faults, fault => Assert.Contains("400", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Experiment_RenamedDescribedAndDeleted_ChangesItsRunsInRowsOf36Pixels()
    {
        var id = await Service.SubmitAsync(Specs.Quick("in an experiment").Replace("end to end", "first name", StringComparison.Ordinal));
        await using var visit = await browser.OpenAsync(Service, "/runs");
        var page = visit.Page;
        var row = page.Locator($"[data-run='{id}']");
        await row.WaitForAsync();
        Assert.Equal(36, await row.EvaluateAsync<double>("row => row.getBoundingClientRect().height"));

        await ChooseAsync("first name", "Rename");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("second name");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Save" }).ClickAsync();
        await ChooseAsync("second name", "Describe");
        await page.GetByLabel("Description").FillAsync("One run.");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Save" }).ClickAsync();
        await page.Locator(".experiments [title*='One run.']").ClickAsync();
        await page.GetByText("One run.").WaitForAsync();
        Assert.Equal("second name", (await Service.RunAsync(id)).GetProperty("experiment").GetString());

        await ChooseAsync("second name", "Delete");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Move to the archive" }).ClickAsync();
        await page.GetByText("Archived 1 run of “second name”.").WaitForAsync();
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await Service.RunAsync(id)).GetProperty("archivedAt").ValueKind);
        Assert.Empty(visit.Faults);

        async Task ChooseAsync(string experiment, string action)
        {
            await page.GetByRole(AriaRole.Button, new() { NameString = $"Actions for {experiment}" }).ClickAsync();
            await page.Locator(":popover-open").GetByRole(AriaRole.Button, new() { NameString = action }).ClickAsync();
        }
    }

    [Fact]
    public async Task Dialogs_Opened_HaveNoBarriers()
    {
        var run = $"/runs/{await fixture.FinishedRunAsync()}";
        var study = $"/studies/{await fixture.FinishedStudyAsync()}";
        await using var visit = await browser.OpenAsync(Service, "/runs");
        var page = visit.Page;
        await page.Locator("[data-run]").First.WaitForAsync();

        await LookAsync(() => page.Keyboard.PressAsync("?"));
        await LookAsync(() => PressAsync("Columns"));
        foreach (var action in (string[])["Rename", "Describe", "Delete"])
        {
            await LookAsync(() => ChooseAsync("Actions for end to end", action));
        }

        await page.Locator("[data-run]").First.GetByRole(AriaRole.Checkbox).CheckAsync();
        await LookAsync(() => PressAsync("Add tag"));
        await page.GotoAsync(run);
        await LookAsync(() => page.Locator("[data-action=extend][aria-disabled=false]").ClickAsync());
        await page.GotoAsync("/new?mode=study");
        await LookAsync(() => PressAsync("Import a search space"));
        await page.GotoAsync("/new");
        await page.GetByLabel("Epochs", new() { Exact = true }).FillAsync("7");
        await LookAsync(() => page.Locator("[data-template=xor]").ClickAsync());
        await page.GotoAsync(study);
        await LookAsync(() => ChooseAsync("More actions", "Edit name and notes"));

        // Not a dialog, but a panel: the syntax of the filter. An example of it is accepted.
        await page.GotoAsync("/runs");
        await PressAsync("Filter syntax");
        await page.Locator(":popover-open").GetByText("Settings of the spec").WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());
        foreach (var example in await page.Locator(":popover-open button").AllInnerTextsAsync())
        {
            await page.Locator(":popover-open").GetByRole(AriaRole.Button, new() { NameString = example, Exact = true }).ClickAsync();
            await page.WaitForURLAsync(url => Uri.UnescapeDataString(url.Replace('+', ' ')).Contains(example, StringComparison.Ordinal));
            await PressAsync("Filter syntax");
        }

        Assert.Equal(0, await page.GetByRole(AriaRole.Alert).CountAsync());
        Assert.Empty(visit.Faults);

        Task PressAsync(string name) => page.GetByRole(AriaRole.Button, new() { NameString = name }).First.ClickAsync();

        async Task ChooseAsync(string menu, string action)
        {
            await PressAsync(menu);
            await page.Locator(":popover-open").GetByRole(AriaRole.Button, new() { NameString = action }).ClickAsync();
        }

        async Task LookAsync(Func<Task> open)
        {
            await open();
            await page.Locator("dialog[open]").WaitForAsync();
            Assert.Empty(await visit.FindBarriersAsync());
            await page.Keyboard.PressAsync("Escape");
            await page.Locator("dialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
    }

    [Fact]
    public async Task Fonts_InKorean_AreThoseOfTheService()
    {
        await using var visit = await browser.OpenAsync(Service, "/runs", locale: "ko");
        await visit.Page.GetByRole(AriaRole.Heading, new() { NameString = "실행" }).First.WaitForAsync();

        await visit.Page.WaitForFunctionAsync(
            "() => ['Inter Variable', 'Noto Sans KR Variable'].every((family) => [...document.fonts].some((font) => font.family.replaceAll('\"', '') === family && font.status === 'loaded'))");

        var files = await visit.Page.EvaluateAsync<string[]>("() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('.woff2'))");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.StartsWith(Service.Address, file, StringComparison.Ordinal));
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task RunsTable_RunIsDeletedElsewhere_LosesItAtOnce()
    {
        var id = await Service.SubmitAsync(Specs.Quick("to be deleted"));
        await fixture.SucceededAsync(id);
        await using var visit = await browser.OpenAsync(Service, "/runs");
        await visit.Page.Locator($"[data-run='{id}']").WaitForAsync();
        await visit.WaitForConnectionAsync("live");

        await Service.DeleteAsync(id);

        await visit.Page.Locator($"[data-run='{id}']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task CancelButton_Confirmed_CancelsTheRun()
    {
        var id = await Service.SubmitAsync(Specs.Steady("to be cancelled", epochs: 10_000));
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");
        await visit.State("running").WaitForAsync(Long);

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Cancel run" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Stop training" }).ClickAsync();

        await visit.State("cancelled").WaitForAsync(Long);
        await visit.Page.Locator("[data-action=retry][aria-disabled=false]").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator("[data-action=cancel]").CountAsync());
        Assert.Equal("cancelled", (await Service.RunAsync(id)).GetProperty("state").GetString());
        Assert.Empty(visit.Faults);
    }

    // Every pair of theme, width and language once: each page is loaded at both widths, and looked at in both themes. At last, a still wider screen.
    [Theory]
    [InlineData("en", ColorScheme.Light, 1280, ColorScheme.Dark, 390)]
    [InlineData("ko", ColorScheme.Light, 390, ColorScheme.Dark, 1280)]
    public async Task Pages_InEachThemeWidthAndLanguage_HaveNoBarriersAndDoNotScrollSideways(
        string language, ColorScheme theme, int width, ColorScheme secondTheme, int secondWidth)
    {
        var id = await fixture.FinishedRunAsync();
        var run = $"/runs/{id}";
        var studyId = await fixture.FinishedStudyAsync();
        var study = $"/studies/{studyId}";
        var both = string.Join('&', (await Service.RunsOfStudyAsync(studyId)).Select(one => $"run={one}"));
        var pages = new ConcurrentQueue<(string Path, string Shown)>(
        [
            ("/", ".home-runs [data-run]"), ("/runs", "[data-run]"), (run, ".chart-canvas canvas"), ($"{run}?loss=table&accuracy=table", ".numbers"),
            ($"{run}?tab=details&network=graph", "svg.network"), ($"{run}?tab=details&network=table", ".event-finished"),
            ($"{run}?tab=layers", "main section.card"), ($"{run}?tab=evaluation", "main section.card"), ($"{run}?tab=boundary", "main section.card"),
            ($"{run}?tab=log", "main section.card :is(p, pre)"), ($"{run}/forward", Answer), ($"{run}?tab=files", "main th a"), ($"{run}?tab=code", ".program > pre"),
            ($"/new?from={id}", "[data-check=valid]"), ("/new", ".preview-images img"), ("/system", "[data-worker]"), ("/nowhere", "h1"),
            ("/lessons", "[data-lesson]"), ("/lessons/xor", "main math"), ("/lessons/the-assignment", ".lesson-hand-in"), ("/labs", ".picture-card"),
            ("/labs/backprop-by-hand", Answer), ("/labs/gradient-check", Answer), ("/labs/optimizer-paths", Answer), ("/labs/adam-bias-correction", Answer), ("/labs/convolution-arithmetic", Answer),
            ("/studies", ".studies-list td"), (study, ".study-verdict"), ("/playground", ".playground-grid"), ("/new?mode=study", "[data-check=valid]"),
            ("/new?view=json", ".json-editor"), ("/runs?group=experiment", ".group-row"), ($"/compare?{both}", ".differences tbody tr"), ($"/replay?{both}&at=100", "[data-rank='1']"),
        ]);

        // Two windows at once: a window waits for most of the time.
        await Task.WhenAll(LookAsync(), LookAsync());

        async Task LookAsync()
        {
            await using var visit = await browser.OpenAsync(Service, "about:blank", theme, width, language);
            while (pages.TryDequeue(out var page))
            {
                await visit.LookAsync(theme, width);
                await visit.Page.GotoAsync(page.Path);
                await visit.WaitForConnectionAsync("live");
                await visit.Page.Locator(page.Shown).First.WaitForAsync();

                Assert.Equal(language, await visit.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
                if (language == "ko" && Interactive.Any(part => page.Path.Contains(part, StringComparison.Ordinal)))
                {
                    var headings = await visit.Page.Locator("main h2").AllInnerTextsAsync();
                    Assert.NotEmpty(headings);
                    Assert.Equal([], headings.Where(heading => heading.Length > 0 && !heading.Any(IsHangul)).Select(heading => $"{page.Path}: {heading}"));
                }

                await AssertLookAsync(visit, page.Path);
                await visit.LookAsync(secondTheme, secondWidth);
                await visit.Page.Locator(page.Shown).First.WaitForAsync();
                await AssertLookAsync(visit, page.Path);
                await visit.LookAsync(secondTheme, 1760);
                await visit.FitsAsync();
                Assert.Empty(visit.Faults);
            }
        }

        static async Task AssertLookAsync(Visit visit, string path)
        {
            await visit.FitsAsync();
            Assert.Equal([], (await visit.FindBarriersAsync()).Select(barrier => $"{path} at {visit.Page.ViewportSize!.Width} pixels: {barrier}"));
        }
    }

    [Fact]
    public async Task Language_KoreanChosen_IsSpokenOnEveryPageFromThenOn()
    {
        await using var visit = await browser.OpenAsync(Service, "/system");

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "한국어" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Heading, new() { NameString = "시스템" }).WaitForAsync();
        await visit.Page.GotoAsync("/runs");
        await visit.Page.GetByRole(AriaRole.Heading, new() { NameString = "실행" }).First.WaitForAsync();

        Assert.Equal("ko", await visit.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Navigation_FollowedToTheSystemPage_ShowsTheWorkerWithoutReload()
    {
        await using var visit = await browser.OpenAsync(Service, "/");
        await visit.Page.GetByRole(AriaRole.Navigation, new() { NameString = "Main" }).GetByRole(AriaRole.Link, new() { NameString = "System" }).ClickAsync();

        await visit.Page.Locator("[data-worker] .badge-succeeded").WaitForAsync();

        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    /// <summary>Pages whose headings of parts are all the dashboard's own words.</summary>
    private static readonly string[] Interactive = ["/labs/", "/forward", "/playground"];

    private static bool IsHangul(char letter) => letter is >= '\uAC00' and <= '\uD7A3';

    /// <summary>The answer of a lab, or of a forward pass.</summary>
    private const string Answer = "main [aria-busy=false]";

    private static readonly NumberFormatInfo PercentWithoutSpace = new() { PercentPositivePattern = 1 };

    private static LocatorWaitForOptions Long => new() { Timeout = 60_000 };

    internal static async Task<IEnumerable<int>> EpochsInTableAsync(Visit visit) =>
        (await visit.Page.Locator("section[aria-labelledby=loss-title] tbody tr th").AllInnerTextsAsync())
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture));
}
