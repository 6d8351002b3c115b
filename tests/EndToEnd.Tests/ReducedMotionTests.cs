using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Animations with prefers-reduced-motion.</summary>
public sealed class ReducedMotionTests(Browser browser, ServiceFixture fixture)
{
    private RunningService Service => fixture.Service;

    [Fact]
    public async Task Film_LessMotionWanted_HasASliderAndDoesNotPlay()
    {
        var id = await fixture.FinishedRunAsync();
        await using var visit = await browser.OpenAsync(Service, $"/runs/{id}?tab=boundary", motion: ReducedMotion.Reduce);
        var slider = visit.Page.GetByRole(AriaRole.Slider, new() { NameString = "Frame" });
        await slider.PressAsync("Home");
        await visit.Page.GetByText("epoch 0 (initialization)", new() { Exact = true }).WaitForAsync();

        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Play" }).CountAsync());
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.getAnimations().length"));
    }
}
