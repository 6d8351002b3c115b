using System.Globalization;
using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>A look inside a forward pass in the browser, through a network that was trained here.</summary>
public sealed class ForwardTests(Browser browser, ServiceFixture fixture)
{
    private static readonly PageWaitForFunctionOptions Long = new() { Timeout = 60_000 };

    [Fact]
    public async Task UnitOfAConvolution_SteppedAndDrawn_ShowsItsWindowAndSum()
    {
        var id = await fixture.Service.SubmitAsync(Specs.Convolution("looked into"));
        await using var visit = await browser.OpenAsync(fixture.Service, $"/runs/{id}");
        var page = visit.Page;
        await visit.State("succeeded").WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Navigation, new() { NameString = "Views of the run" }).GetByRole(AriaRole.Link, new() { NameString = "Forward pass" }).ClickAsync();

        // The corner: four of its nine cells, or more, are in the zero padding.
        await page.GetByRole(AriaRole.Button, new() { NameString = "conv1, channel 3" }).ClickAsync(new() { Timeout = 60_000 });
        // A hundred maps scroll in their row, and the page does not.
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth"));
        await page.GetByRole(AriaRole.Button, new() { NameString = "First step" }).ClickAsync();
        await page.GetByText("Channel 3, row 1, column 1", new() { Exact = true }).WaitForAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.forward-window:first-child .is-padding').length === 10", null, Long);
        Assert.Equal(3, await page.Locator(".forward-window").CountAsync());
        await AssertSumAsync(page);
        Assert.Contains("layer=conv1&channel=2", page.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { NameString = "Play" }).ClickAsync();
        await page.WaitForFunctionAsync("() => Number(new URLSearchParams(location.search).get('column')) >= 2", null, Long);
        await page.GetByRole(AriaRole.Button, new() { NameString = "Pause" }).ClickAsync();
        await AssertSumAsync(page);
        Assert.Empty(await visit.FindBarriersInEachLookAsync());

        // A drawing goes the same way.
        await page.GetByRole(AriaRole.Button, new() { NameString = "Draw" }).ClickAsync();
        var paper = (await page.Locator(".forward-paper").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(paper.X + 40, paper.Y + 40);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(paper.X + 200, paper.Y + 200, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await page.WaitForFunctionAsync("() => /^Predicted [^;,]*\\.$/.test(document.querySelector('.forward-verdict')?.textContent ?? '')", null, Long);
        await AssertSumAsync(page);

        await page.GetByRole(AriaRole.Button, new() { NameString = "disc" }).Last.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { NameString = "A unit of softmax" }).WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    // The products and the bias add up to what the network has there.
    private static async Task AssertSumAsync(IPage page)
    {
        await page.Locator("[aria-busy=false]").First.WaitForAsync();
        var values = await page.Locator(".forward-steps > li > b").AllInnerTextsAsync();
        var numbers = values.Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(numbers[2], numbers[0] + numbers[1], 1e-4);
        Assert.Equal(Math.Max(numbers[2], 0), numbers[3], 1e-5);
    }
}
