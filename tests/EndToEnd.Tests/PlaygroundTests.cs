using System.Globalization;
using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>A network is trained on the page, step by step and by playing, and saved as a run.</summary>
public sealed class PlaygroundTests(Browser browser, ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task Playground_StepAndPlay_TrainsAndDrawsAndIsSavedAsARun()
    {
        await using var visit = await browser.OpenAsync(fixture.Service, "/playground?dataset=xor&features=x1-x1X2&layers=4&speed=1000");
        var page = visit.Page;
        var step = page.GetByRole(AriaRole.Button, new() { NameString = "Step", Exact = true });
        await page.Locator(".boundary").WaitForAsync();
        Assert.Empty(await visit.FindBarriersInEachLookAsync());
        // Two inputs, four units, each with a picture of its own.
        Assert.Equal(6, await page.Locator(".network-picture image").CountAsync());
        var before = await page.Locator(".network-picture image").Last.GetAttributeAsync("href");

        await step.ClickAsync();
        await page.GetByText("update 1", new() { Exact = true }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Play", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => Number(document.querySelector('.position b').textContent) >= 5");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Pause", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Play", Exact = true }).WaitForAsync();
        Assert.NotEqual(before, await page.Locator(".network-picture image").Last.GetAttributeAsync("href"));
        var epochs = int.Parse(await page.Locator(".position b").InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

        await page.GetByRole(AriaRole.Button, new() { NameString = "Save as run" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/*");
        var spec = (await fixture.Service.RunAsync(page.Url.Split('/')[^1])).GetProperty("spec");
        Assert.Equal(epochs, spec.GetProperty("training").GetProperty("epochs").GetInt32());
        Assert.True(spec.GetProperty("data").GetProperty("features").GetProperty("x1X2").GetBoolean());
        Assert.Empty(visit.Faults);
    }

    // The long form, a minute of playing, is tests/long/playground.py.
    [Fact]
    public async Task Playground_Playing_KeepsItsPaceAndAnswersAPauseAtOnce()
    {
        await using var visit = await browser.OpenAsync(fixture.Service, "/playground?dataset=circles&speed=200");
        var page = visit.Page;
        await page.Locator(".boundary").WaitForAsync();
        // Counts the frames that are drawn: each changes the picture of the last unit.
        await page.EvaluateAsync(
            """
            () => {
              window.frames = [];
              const picture = [...document.querySelectorAll('.network-picture image')].at(-1);
              new MutationObserver(() => window.frames.push(performance.now())).observe(picture, { attributes: true, attributeFilter: ['href'] });
            }
            """);
        await page.GetByRole(AriaRole.Button, new() { NameString = "Play", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => window.frames.length > 0 && performance.now() - window.frames[0] > 8000", null, new() { Timeout = 60_000 });
        var halves = await page.EvaluateAsync<int[]>(
            "() => { const middle = window.frames[0] + 4000; return [window.frames.filter((at) => at < middle).length, window.frames.filter((at) => at >= middle && at < middle + 4000).length]; }");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Pause", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "Play", Exact = true }).WaitForAsync(new() { Timeout = 5_000 });

        // Frames that pile up come ever later. Half the pace leaves room for a busy machine.
        Assert.True(halves[0] >= 4 && halves[1] >= halves[0] / 2, $"{halves[0]} frames in the first four seconds, {halves[1]} in the next");
        Assert.Empty(visit.Faults);
    }
}
