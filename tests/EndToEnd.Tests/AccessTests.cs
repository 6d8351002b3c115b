using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Signing in, tokens and scopes, against a service with authentication.</summary>
public sealed partial class AccessTests(Browser browser)
{
    [Fact]
    public async Task SignIn_WrongAndRightTokens_OpenWhatTheirScopesAllow()
    {
        await using var service = await RunningService.StartNewAsync(("Access__Authentication", "tokens"), ("Service__Role", "api"));
        var admin = FirstToken().Match(service.Errors).Value;
        await using var visit = await browser.OpenAsync(service, "/tokens");
        var page = visit.Page;

        // A wrong token, by keyboard: the field has the focus from the start.
        await TokenField(page).WaitForAsync();
        Assert.Empty(await visit.FindBarriersInEachLookAsync());
        await page.Keyboard.TypeAsync("ty_wrong");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Not a valid token").WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());

        // The first token, printed at the first start, leads to the page of the address.
        await SignInAsync(page, admin);
        await page.GetByRole(AriaRole.Heading, new() { NameString = "Tokens", Exact = true }).WaitForAsync();
        await visit.WaitForConnectionAsync("live");
        // With ten entries and an account the bar keeps to one row.
        Assert.InRange(await BarHeightAsync(page), 45, 56);
        // To two where it is narrow, on a phone too.
        var size = page.ViewportSize!;
        foreach (var width in new[] { 390, 600, 860 })
        {
            await page.SetViewportSizeAsync(width, size.Height);
            Assert.InRange(await BarHeightAsync(page), 60, 88);
        }

        await page.SetViewportSizeAsync(size.Width, size.Height);
        Assert.True((await page.Context.CookiesAsync()).Single() is { HttpOnly: true, SameSite: SameSiteAttribute.Strict });

        // A token for somebody who may only read.
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("reader");
        await page.GetByLabel("Scope", new() { Exact = true }).SelectOptionAsync("read");
        await page.GetByRole(AriaRole.Button, new() { NameString = "Create token" }).ClickAsync();
        var reader = await page.GetByLabel("The token of “reader”").InputValueAsync();
        await page.GetByRole(AriaRole.Rowheader, new() { NameString = "reader" }).WaitForAsync();
        Assert.Matches(FirstToken(), reader);
        Assert.Empty(await visit.FindBarriersInEachLookAsync());

        await page.GetByRole(AriaRole.Button, new() { NameString = "Sign out" }).ClickAsync();
        await TokenField(page).WaitForAsync();
        Assert.Empty(await page.Context.CookiesAsync());

        await SignInAsync(page, reader);
        await page.GetByText("Only administrators can see and create tokens.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { NameString = "Runs", Exact = true }).ClickAsync();
        await page.GetByText("you can see runs").WaitForAsync();
        await visit.WaitForConnectionAsync("live");
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { NameString = "New run" }).CountAsync());

        Assert.Equal(1, visit.Loads);
        Assert.All(visit.Faults, fault => Assert.Contains("401", fault, StringComparison.Ordinal));
    }

    private static async Task<float> BarHeightAsync(IPage page) => (await page.Locator(".topbar").BoundingBoxAsync())!.Height;

    private static ILocator TokenField(IPage page) => page.GetByLabel("Token", new() { Exact = true });

    private static async Task SignInAsync(IPage page, string token)
    {
        await TokenField(page).FillAsync(token);
        await page.GetByRole(AriaRole.Button, new() { NameString = "Sign in" }).ClickAsync();
    }

    [GeneratedRegex("ty_[A-Za-z0-9_-]{43}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstToken();
}
