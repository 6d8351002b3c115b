using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The first minutes with a new service, and what the page says when something goes wrong around it.</summary>
public sealed class HomeTests(Browser browser)
{
    [Fact]
    public async Task Home_OfANewService_StartsXorWithOneClickAndTheRunPageStaysHonest()
    {
        await using var service = await RunningService.StartNewAsync();
        await using var visit = await browser.OpenAsync(service, "/");
        var page = visit.Page;
        await page.Locator("[data-start=xor]").WaitForAsync();
        Assert.Empty(await visit.FindBarriersInEachLookAsync());

        await page.Locator("[data-start=xor]").ClickAsync();
        await visit.State("succeeded").WaitForAsync(new() { Timeout = 60_000 });
        var id = page.Url.Split('/')[^1];
        await page.WaitForFunctionAsync("() => document.title.includes('Finished')");

        await page.Keyboard.PressAsync("p");
        await page.Locator("html[data-presenting]").WaitForAsync();
        Assert.False(await page.Locator(".footer").IsVisibleAsync());
        Assert.Empty(await visit.FindBarriersAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("html[data-presenting]").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await visit.WaitForConnectionAsync("live");
        await page.Context.SetOfflineAsync(true);
        await page.GetByText("Connection lost.").WaitForAsync(new() { Timeout = 5_000 });
        await page.Context.SetOfflineAsync(false);
        await visit.WaitForConnectionAsync("live");

        await service.DeleteAsync(id);
        await page.GetByRole(AriaRole.Heading, new() { NameString = "This run was deleted" }).WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Toolbar).CountAsync());
        Assert.Equal(1, visit.Loads);
        Assert.All(visit.Faults, fault => Assert.Contains("404", fault, StringComparison.Ordinal));
    }
}
