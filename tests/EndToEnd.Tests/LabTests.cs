using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>A lab in the browser, answered by a real trainer.</summary>
public sealed class LabTests(Browser browser, ServiceFixture fixture)
{
    [Fact]
    public async Task Lab_StartDraggedAndExpressionChanged_AnswersAndKeepsTheRequestInTheAddress()
    {
        await using var visit = await browser.OpenAsync(fixture.Service, "/labs/optimizer-paths");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Row, new() { NameString = "SGD" }).WaitForAsync(new() { Timeout = 30_000 });
        Assert.Empty(await visit.FindBarriersInEachLookAsync());

        var start = page.GetByRole(AriaRole.Button, new() { NameString = "Start at -7, 2" });
        var box = (await start.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 200, box.Y + (box.Height / 2) + 30, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await page.WaitForFunctionAsync("() => new URLSearchParams(location.search).get('request')?.includes('\"start\"') === true");
        await page.Locator("[aria-busy=false]").WaitForAsync(new() { Timeout = 30_000 });
        Assert.Equal(0, await start.CountAsync());

        await page.GotoAsync("/labs/backprop-by-hand");
        await page.GetByRole(AriaRole.Row, new() { NameString = "w -2 5 5" }).WaitForAsync(new() { Timeout = 30_000 });
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Faults);
    }
}
