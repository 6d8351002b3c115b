using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The page reconnects after a restart of the service.</summary>
public sealed class ReconnectTests(Browser browser)
{
    private const int Epochs = 30;

    [Fact]
    public async Task RunPage_ServiceKilledAndStartedInMidRun_HasEveryPointOnce()
    {
        await using var service = await RunningService.StartNewAsync();
        var id = await service.SubmitAsync(Specs.Steady("interrupted", Epochs, trainSamples: 10_000));
        await using var visit = await browser.OpenAsync(service, $"/runs/{id}?loss=table");
        var third = visit.Page.Locator("section[aria-labelledby=loss-title] tbody tr").Nth(2);
        await third.WaitForAsync(Long);

        await service.KillAsync();
        await visit.Page.GetByText("Connection lost.").WaitForAsync();
        Assert.NotEqual(Epochs, (await DashboardTests.EpochsInTableAsync(visit)).Count());
        await service.StartAsync();

        await visit.WaitForConnectionAsync("live");
        await visit.State("succeeded").WaitForAsync(new() { Timeout = 120_000 });
        await visit.Page.Locator("section[aria-labelledby=loss-title] tbody tr").Nth(Epochs - 1).WaitForAsync();

        Assert.Equal(Enumerable.Range(1, Epochs), await DashboardTests.EpochsInTableAsync(visit));
        var stored = (await service.EventsAsync(id)).Where(entry => entry.GetProperty("event").GetProperty("type").GetString() != "progress")
            .Select(entry => entry.GetProperty("seq").GetInt64());
        await visit.Page.GetByRole(AriaRole.Link, new() { NameString = "Details" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "All", Exact = true }).ClickAsync();
        var shown = await visit.Page.Locator(".event").EvaluateAllAsync<long[]>("lines => lines.map((line) => Number(line.dataset.seq)).reverse()");
        Assert.Equal(stored, shown);
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    private static LocatorWaitForOptions Long => new() { Timeout = 60_000 };
}
