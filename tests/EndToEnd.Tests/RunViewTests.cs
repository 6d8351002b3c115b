using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>User actions on an existing run: inspect, fork, label, extend.</summary>
public sealed class RunViewTests(Browser browser, ServiceFixture fixture)
{
    private RunningService Service => fixture.Service;

    [Fact]
    public async Task Fork_OneValueChanged_TrainsAChildThatNamesItsParent()
    {
        var id = await fixture.FinishedRunAsync();
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Fork" }).ClickAsync();
        await visit.Page.GetByLabel("Epochs", new() { Exact = true }).FillAsync("3");
        await visit.Page.Locator("[data-change='/training/epochs']").WaitForAsync();
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Start training" }).ClickAsync();

        await visit.State("succeeded").WaitForAsync(Long);
        await visit.Page.GetByText("epoch 3 of 3").WaitForAsync();
        await visit.Page.GetByText("Forked from").GetByRole(AriaRole.Link, new() { NameString = "finished" }).WaitForAsync();
        var parent = (await Service.RunAsync(visit.Page.Url.Split('/')[^1])).GetProperty("parent");
        Assert.Equal(id, parent.GetProperty("id").GetString());
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Fork_FixOfAFinding_TrainsAChildWithTheChange()
    {
        var id = await Service.SubmitAsync(Specs.Vanishing("no gradient"));
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");
        await visit.State("succeeded").WaitForAsync(Long);
        var finding = visit.Page.Locator("[data-rule=vanishing_gradient]");

        // The evidence has the name and the value of the layer statistic that it leads to.
        await finding.GetByText("Evidence").ClickAsync();
        var evidence = finding.Locator("[data-measure=output_gradient_norm]");
        var value = await evidence.Locator("dl div:has(dt:text-is('dense1')) span").InnerTextAsync();
        await evidence.GetByRole(AriaRole.Link, new() { NameString = "Gradient w.r.t. output (norm)" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Gradients", Pressed = true }).WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Same scale", Pressed = true }).WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Group, new() { NameString = "View of layer statistics" }).GetByText("Table").ClickAsync();
        var measured = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "dense1" }).Locator("td").First;
        Assert.Equal(value, await measured.InnerTextAsync());
        await visit.Page.GoBackAsync();

        await finding.GetByRole(AriaRole.Link, new() { NameString = "Fork with this fix" }).ClickAsync();
        await visit.Page.Locator("[data-change^='/model/activation']").WaitForAsync();
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Start training" }).ClickAsync();

        await visit.Page.GetByText("Forked from").GetByRole(AriaRole.Link, new() { NameString = "no gradient" }).WaitForAsync(Long);
        await visit.Page.GetByTestId("change").GetByText("Activation: sigmoid → relu").WaitForAsync(Long);
        var child = await Service.RunAsync(visit.Page.Url.Split('/')[^1]);
        Assert.Equal(id, child.GetProperty("parent").GetProperty("id").GetString());
        Assert.Equal("sigmoid", ActivationOf(await Service.RunAsync(id)));
        Assert.Equal("relu", ActivationOf(child));
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    // The acceptance of the page's layout: what one looks at first is there without scrolling, with a diagnosis of two findings.
    [Theory]
    [InlineData(1280, 800, new[] { "loss", "accuracy" })]
    [InlineData(390, 844, new[] { "loss" })]
    public async Task Overview_WithTwoFindings_ShowsTheCurvesWithoutScrolling(int width, int height, string[] charts)
    {
        var id = await fixture.FinishedRunAsync();
        await using var visit = await browser.OpenAsync(Service, "/runs", width: width);
        await visit.Page.SetViewportSizeAsync(width, height);
        await visit.Page.RouteAsync("**/findings", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = "{\"findings\":[" + string.Join(',', ((string[])["vanishing_gradient", "dead_relu"]).Select((rule, seq) =>
                $$"""
                {
                  "rule": "{{rule}}", "severity": "warning", "epoch": 0, "arguments": {}, "message": "{{string.Join(' ', Enumerable.Repeat("The first layers hardly learn.", 5))}}",
                  "evidence": [], "source": "A paper", "suggestion": { "code": "relu_and_he", "arguments": {}, "message": "Use ReLU.", "changes": [] }, "seq": {{seq}}, "at": "2026-01-01T00:00:00Z"
                }
                """)) + "]}",
        }));

        await visit.Page.GotoAsync($"/runs/{id}");

        await visit.Page.Locator("[data-rule=dead_relu]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        foreach (var chart in charts)
        {
            var canvas = visit.Page.Locator($"section[aria-labelledby={chart}-title] .chart-canvas canvas").First;
            await canvas.WaitForAsync();
            var area = (await canvas.BoundingBoxAsync())!;
            Assert.True(area.Height >= 200 && area.Y + area.Height <= height, $"{chart} from {area.Y} to {area.Y + area.Height} of {height}");
        }

        var header = (await visit.Page.Locator(".run-header").BoundingBoxAsync())!;
        Assert.Equal(64, header.Height);
        await visit.Page.EvaluateAsync("() => scrollTo(0, 10_000)");
        Assert.InRange((await visit.Page.Locator(".run-header").BoundingBoxAsync())!.Y, 0, 53);
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Curves_DragAndButtons_ZoomAllOfThemAndTheUrl()
    {
        var id = await fixture.FinishedRunAsync();
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");
        var canvas = visit.Page.Locator("section[aria-labelledby=loss-title] .chart-canvas:has(canvas)");
        var area = (await canvas.BoundingBoxAsync())!;

        await visit.Page.Mouse.MoveAsync(area.X + (area.Width * 0.3f), area.Y + (area.Height / 2));
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(area.X + (area.Width * 0.7f), area.Y + (area.Height / 2), new() { Steps = 5 });
        await visit.Page.Mouse.UpAsync();

        await visit.Page.WaitForURLAsync(url => url.Contains("zoom=", StringComparison.Ordinal));
        var zoom = visit.Page.Url.Split("zoom=")[1].Split('-').Select(end => double.Parse(end, CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(zoom[0], 1, 10);
        Assert.InRange(zoom[1], 10, 19);
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Reset zoom" }).ClickAsync();
        await visit.Page.WaitForURLAsync(url => !url.Contains("zoom=", StringComparison.Ordinal));
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Zoom in" }).ClickAsync();
        await visit.Page.WaitForURLAsync(url => url.Contains("zoom=10-20", StringComparison.Ordinal));

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Full screen: Loss" }).ClickAsync();
        await visit.Page.Locator("section[aria-labelledby=loss-title]:fullscreen").WaitForAsync();
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task DivergedRun_DrawsItsLastStepsAndTheStepOfTheDivergence()
    {
        var id = await Service.SubmitAsync(Specs.Diverging("explodes"));
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}?loss=table");
        await visit.State("failed").WaitForAsync(Long);

        // One diagnosis, not two boxes: the finding has cause, evidence and fix.
        await visit.Page.Locator("[data-rule=diverged]").WaitForAsync();
        Assert.Equal(0, await visit.Page.GetByTestId("failure").CountAsync());
        var last = (await Service.EventsAsync(id)).Select(entry => entry.GetProperty("event")).Single(one => one.GetProperty("type").GetString() == "failed");
        var steps = last.GetProperty("lastFinite").GetProperty("stepLosses").GetArrayLength();
        Assert.InRange(steps, 2, 64);
        await Assertions.Expect(visit.Page.Locator("section[aria-labelledby=loss-title] tbody tr")).ToHaveCountAsync(steps);

        await visit.Page.Locator("section[aria-labelledby=loss-title]").GetByRole(AriaRole.Button, new() { NameString = "Chart", Exact = true }).ClickAsync();
        var (_, svg) = await PictureAsync(visit, "Loss", "SVG");
        Assert.Contains($"not finite at step {last.GetProperty("step").GetInt64()}", Encoding.UTF8.GetString(svg), StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Extend_FinishedRun_GoesOnOnThePage()
    {
        var id = await Service.SubmitAsync(Specs.Quick("to be extended"));
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");
        await visit.State("succeeded").WaitForAsync(Long);

        await visit.Page.Locator("[data-action=extend][aria-disabled=false]").ClickAsync();
        await visit.Page.GetByLabel("Total epochs").FillAsync("25");
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameString = "Extend" }).ClickAsync();

        await visit.Page.GetByText("100% · epoch 25 of 25").WaitForAsync(Long);
        await visit.State("succeeded").WaitForAsync(Long);
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Fix_MoreEpochs_ExtendsTheRunInsteadOfForkingIt()
    {
        var id = await Service.SubmitAsync(Specs.Quick("still improves"));
        await fixture.SucceededAsync(id);
        await using var visit = await browser.OpenAsync(Service, "/runs");
        await visit.Page.RouteAsync("**/findings", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """
                { "findings": [{
                  "rule": "underfitting", "severity": "info", "epoch": 20, "arguments": {}, "message": "It still improves.", "source": "A paper", "seq": 1, "at": "2026-01-01T00:00:00Z",
                  "evidence": [{ "name": "train_loss", "layer": null, "epoch": 20, "value": 0.5, "unit": null, "limit": null }],
                  "suggestion": { "code": "more_epochs", "arguments": {}, "message": "Train longer.", "changes": [{ "path": "/training/epochs", "value": 25 }] }
                }] }
                """,
        }));
        await visit.Page.GotoAsync($"/runs/{id}");

        // The evidence leads to the chart that shows it, below the bars at the top.
        await visit.Page.SetViewportSizeAsync(390, 800);
        await visit.Page.Locator(".findings > summary").ClickAsync();
        await visit.Page.GetByText("Evidence").ClickAsync();
        await visit.Page.GetByTitle("Show in the chart").ClickAsync();
        var heading = visit.Page.Locator("#loss-title:focus");
        await heading.WaitForAsync();
        Assert.InRange((await heading.BoundingBoxAsync())!.Y, 60, 400);

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Train 5 more epochs" }).ClickAsync();

        await visit.Page.GetByText("100% · epoch 25 of 25").WaitForAsync(Long);
        await visit.State("succeeded").WaitForAsync(Long);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await Service.RunAsync(id)).GetProperty("parent").ValueKind);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Curves_LogarithmicAxisChosen_DrawIt_AndAccuracyHasTheLineOfARandomGuess()
    {
        var id = await fixture.FinishedRunAsync();
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");
        var (_, linear) = await PictureAsync(visit, "Accuracy", "SVG");
        Assert.Contains("random guess", Encoding.UTF8.GetString(linear), StringComparison.Ordinal);
        Assert.Contains("15", TextsOf(linear));

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Chart options" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { NameString = "Log scale (horizontal axis)" }).CheckAsync();
        await visit.Page.WaitForURLAsync(url => url.Contains("logx=1", StringComparison.Ordinal));
        await visit.Page.Keyboard.PressAsync("Escape");

        var (_, logarithmic) = await PictureAsync(visit, "Accuracy", "SVG");
        // Powers of two, and no equal steps.
        Assert.Contains("16", TextsOf(logarithmic));
        Assert.DoesNotContain("15", TextsOf(logarithmic));
        Assert.Empty(visit.Faults);

        static IEnumerable<string> TextsOf(byte[] svg) => XDocument.Parse(Encoding.UTF8.GetString(svg)).Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value);
    }

    [Fact]
    public async Task Details_OfARun_SumUpItsSettings_AndShowASpecThatIsTheSame()
    {
        var id = await Service.SubmitAsync(Specs.Elaborate("elaborate"));
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}?tab=details");
        var changed = visit.Page.GetByRole(AriaRole.Region, new() { NameString = "Settings that differ from the defaults" });
        await changed.GetByText("6, 4").WaitForAsync();
        await changed.GetByText("Cosine").WaitForAsync();

        var shown = await visit.Page.GetByRole(AriaRole.Group, new() { NameString = "Spec as JSON" }).InnerTextAsync();

        Assert.DoesNotContain("null", shown, StringComparison.Ordinal);
        Assert.Equal($"{(await Service.RunAsync(id)).GetProperty("spec")}", $"{(await Service.CheckAsync(shown)).GetProperty("spec")}");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Views_OfAFinishedRun_ShowWhatWasMeasured()
    {
        var id = await fixture.FinishedRunAsync();
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");
        var tabs = visit.Page.GetByRole(AriaRole.Navigation, new() { NameString = "Views of the run" });
        var film = visit.Page.Locator(".film");
        await film.GetByRole(AriaRole.Img, new() { NameString = "Predicted class over the input plane (2 classes), epoch 20" }).WaitForAsync();
        await film.GetByRole(AriaRole.Button, new() { NameString = "Play" }).ClickAsync();
        await film.GetByRole(AriaRole.Button, new() { NameString = "Pause" }).ClickAsync();

        await tabs.GetByRole(AriaRole.Link, new() { NameString = "Layers" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Img, new() { NameString = "Activation std by layer and epoch" }).WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Img, new() { NameString = "Activations of dense1" }).WaitForAsync();
        await tabs.GetByRole(AriaRole.Link, new() { NameString = "Evaluation" }).ClickAsync();
        await visit.Page.Locator(".confusion td").First.WaitForAsync();
        await tabs.GetByRole(AriaRole.Link, new() { NameString = "Decision boundary" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Img, new() { NameString = "Predicted class over the input plane (2 classes)" }).WaitForAsync();
        await tabs.GetByRole(AriaRole.Link, new() { NameString = "Files" }).ClickAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByText("Metrics as CSV").ClickAsync());
        Assert.Null(await download.FailureAsync());

        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Curves_PointerOverAnEpoch_TellWhatWasMeasuredThere()
    {
        var id = await fixture.FinishedRunAsync();
        var measured = await Service.MetricsAsync(id);
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}");
        var canvas = visit.Page.Locator("section[aria-labelledby=loss-title] .chart-canvas:has(canvas)");
        await canvas.ScrollIntoViewIfNeededAsync();
        var area = (await canvas.BoundingBoxAsync())!;

        // Beside the axis, its nearest point is shown.
        var last = await PointAsync(area.Width - 10);
        Assert.Equal(20, last.Epoch);
        foreach (var share in (float[])[0.25f, 0.5f, 0.8f])
        {
            var pointed = await PointAsync(area.Width * share);
            var perEpoch = (last.LineX - pointed.LineX) / (last.Epoch - pointed.Epoch);
            Assert.InRange(pointed.LineX, pointed.PointerX - (perEpoch / 2) - 1, pointed.PointerX + (perEpoch / 2) + 1);
            foreach (var (chart, row, metric, isShare) in new[]
            {
                ("loss", "Train", "train_loss", false),
                ("loss", "Validation", "validation_loss", false),
                ("accuracy", "Train", "train_accuracy", true),
                ("accuracy", "Validation", "validation_accuracy", true),
            })
            {
                var value = measured[metric][pointed.Epoch] * (isShare ? 100 : 1);
                var shown = await visit.Page.Locator($"section[aria-labelledby={chart}-title] .chart-tooltip-box > div")
                    .Filter(new() { Has = visit.Page.GetByText(row, new() { Exact = true }) }).Locator("b").InnerTextAsync();
                // Shares have two decimals, losses four digits that count.
                Assert.Equal(value, double.Parse(shown.TrimEnd('%'), CultureInfo.InvariantCulture), isShare ? 0.0051 : value * 0.001);
            }
        }

        await visit.Page.Mouse.MoveAsync(1, 1);
        await Assertions.Expect(visit.Page.Locator(".chart-tooltip:visible, .chart-pointer:visible")).ToHaveCountAsync(0);
        Assert.Empty(visit.Faults);

        // Moves the pointer there: the epoch that is shown, and the pixels of the pointer and of the line within the chart.
        async Task<(int Epoch, double PointerX, double LineX)> PointAsync(float pointer)
        {
            await visit.Page.Mouse.MoveAsync(area.X + pointer, area.Y + (area.Height / 2));
            var title = canvas.Locator(".chart-tooltip:visible strong");
            await title.WaitForAsync();
            // Drawn with the next frame; after it, what is shown is of this place.
            await visit.Page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
            var line = (await canvas.Locator(".chart-pointer").BoundingBoxAsync())!;
            return (int.Parse((await title.InnerTextAsync())["Epoch ".Length..], CultureInfo.InvariantCulture), pointer, line.X - area.X);
        }
    }

    [Fact]
    public async Task RunsTable_TagAddedAndSearched_FindsTheRunByKeyboard()
    {
        var id = await Service.SubmitAsync(Specs.Quick("needle in the haystack"));
        await Service.SubmitAsync(Specs.Quick("straw"));
        await using var visit = await browser.OpenAsync(Service, "/runs");
        await visit.Page.Locator($"[data-run='{id}']").WaitForAsync();

        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("needle");
        await visit.Page.WaitForURLAsync("**/runs?q=needle");
        await visit.Page.GetByText("straw").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.EvaluateAsync("() => document.activeElement.blur()");
        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Locator($"[data-run='{id}'] a:focus").WaitForAsync();
        await visit.Page.Keyboard.PressAsync("x");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Add tag" }).ClickAsync();
        await visit.Page.GetByLabel("Tag", new() { Exact = true }).FillAsync("sharp");
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Add", Exact = true }).ClickAsync();
        await visit.Page.GetByText("Done: 1.").WaitForAsync();

        Assert.Equal("sharp", (await Service.RunAsync(id)).GetProperty("tags")[0].GetString());
        await visit.Page.Locator($"[data-run='{id}'] .tag").WaitForAsync();
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Pictures_OfEachChartOfARun_AreFilesNamedAfterIt()
    {
        var id = await fixture.FinishedRunAsync();
        // A page does not let many downloads through in quick succession: each view has a visit of its own.
        foreach (var (view, charts) in new[]
        {
            ("", (string[])["Loss", "Accuracy", "Learning rate", "Samples per second"]),
            ("?tab=details", ["Network"]),
            ("?tab=layers", ["Activation std", "Activations, epoch 20"]),
            ("?tab=evaluation", ["Confusion matrix"]),
            ("?tab=boundary", ["Decision boundary, epoch 20"]),
        })
        {
            await using var visit = await browser.OpenAsync(Service, $"/runs/{id}{view}", ColorScheme.Dark);
            foreach (var chart in charts)
            {
                var name = string.Join('-', chart.ToLowerInvariant().Split([' ', ',', ':'], StringSplitOptions.RemoveEmptyEntries));
                var (pngName, png) = await PictureAsync(visit, chart, "PNG");
                Assert.Equal($"{name}.png", pngName);
                Assert.Equal("PNG", Encoding.ASCII.GetString(png, 1, 3));

                var (svgName, svg) = await PictureAsync(visit, chart, "SVG");
                Assert.Equal($"{name}.svg", svgName);
                var drawing = XDocument.Parse(Encoding.UTF8.GetString(svg)).Root!;
                Assert.Equal("svg", drawing.Name.LocalName);
                Assert.True(drawing.Descendants().Count() > 10, $"Little is drawn in {svgName}: {drawing}");
                Assert.DoesNotContain("var(--", drawing.ToString(), StringComparison.Ordinal);
            }

            Assert.Empty(visit.Faults);
        }
    }

    // By keyboard alone: open the menu, step to the kind, save. The menu closes and the focus is where it was.
    private static async Task<(string Name, byte[] Bytes)> PictureAsync(Visit visit, string chart, string kind)
    {
        var menu = visit.Page.GetByRole(AriaRole.Button, new() { NameString = $"Download chart: {chart}", Exact = true });
        await menu.PressAsync("Enter");
        await menu.PressAsync("Tab");
        if (kind == "SVG")
        {
            await visit.Page.Keyboard.PressAsync("Tab");
        }

        await visit.Page.Locator($":focus[aria-label='{chart} as {kind}']").WaitForAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Keyboard.PressAsync("Enter"));
        await visit.Page.Locator($":focus[aria-label='Download chart: {chart}']").WaitForAsync();
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
    }

    private static string? ActivationOf(System.Text.Json.JsonElement run) =>
        run.GetProperty("spec").GetProperty("model").GetProperty("activation").GetProperty("name").GetString();

    private static LocatorWaitForOptions Long => new() { Timeout = 60_000 };
}
