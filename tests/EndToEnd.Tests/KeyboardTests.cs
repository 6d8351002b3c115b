using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>Comparing and replaying with the keyboard alone, and with less motion.</summary>
public sealed class KeyboardTests(Browser browser, ServiceFixture fixture)
{
    private RunningService Service => fixture.Service;

    [Fact]
    public async Task CompareAndReplay_KeyboardOnly_ChoosesRunsReadsThemAndRacesThem()
    {
        await fixture.ComparedRunsAsync();
        await using var visit = await browser.OpenAsync(Service, "/compare");
        var keyboard = visit.Page.Keyboard;
        await visit.Page.Locator(".picker-runs li").First.WaitForAsync();

        await TabToAsync(visit, "searchbox 'Search runs'");
        await keyboard.TypeAsync("compared adam");
        await visit.Page.WaitForFunctionAsync("() => document.querySelectorAll('.picker-runs li').length === 2");
        foreach (var name in Specs.ComparedNames("compared")[1..].Reverse())
        {
            await TabToAsync(visit, $"checkbox '{name}'");
            await keyboard.PressAsync("Space");
        }

        await TabToAsync(visit, "button 'Done'");
        await keyboard.PressAsync("Enter");
        await visit.Page.Locator(".differences tbody tr").Nth(1).WaitForAsync();

        await TabToAsync(visit, "button 'Log scale'");
        await keyboard.PressAsync("Space");
        await visit.Page.Locator("button[aria-pressed=true]:text-is('Log scale')").WaitForAsync();
        await TabToAsync(visit, "button 'Best validation loss'");
        await keyboard.PressAsync("Enter");
        await visit.Page.Locator("[aria-sort]:has-text('Best validation loss')").WaitForAsync();
        await TabToAsync(visit, "slider 'Validation loss, up to'");
        await keyboard.PressAsync("ArrowDown");
        await visit.Page.GetByText("1 of 2 runs selected").WaitForAsync();

        await TabToAsync(visit, "link 'Race replay'", backwards: true);
        await keyboard.PressAsync("Enter");
        await TabToAsync(visit, "slider 'Clock'");
        await keyboard.PressAsync("End");
        await visit.Page.Locator("[data-rank='1']").First.WaitForAsync();
        await keyboard.PressAsync("Home");
        await visit.Page.Locator("[data-rank='1']").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await TabToAsync(visit, "button 'Play'", backwards: true);
        await keyboard.PressAsync("Space");
        await visit.Page.Locator("[data-rank='1']").First.WaitForAsync();

        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Replay_LessMotionWanted_ChangesOnceASecond()
    {
        var runs = await fixture.TrainAsync(Specs.Xor("calm sgd", "sgd", 1, epochs: 500), Specs.Xor("calm adam", "adam", 1, epochs: 500));
        await using var visit = await browser.OpenAsync(Service, $"/replay?run={runs[0]}&run={runs[1]}&speed=0.1", motion: ReducedMotion.Reduce);
        await visit.Page.Locator(".board tbody tr").Nth(1).WaitForAsync();
        await visit.Page.EvaluateAsync(
            """
            () => {
              window.changes = [];
              new MutationObserver(() => changes.push(performance.now())).observe(document.querySelector('.replay-clock output'), { characterData: true, childList: true, subtree: true });
            }
            """);
        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Play" }).ClickAsync();
        await visit.Page.WaitForFunctionAsync("() => changes.length >= 3 || document.querySelector('.replay-clock input').value === document.querySelector('.replay-clock input').max");

        var changes = await visit.Page.EvaluateAsync<double[]>("() => changes");
        // The last change may be the end of the race, whenever that is.
        var pauses = changes.Zip(changes.Skip(1), (before, after) => after - before).SkipLast(1).ToList();
        Assert.True(pauses.Count >= 1, $"The clock changed {changes.Length} times.");
        Assert.All(pauses, pause => Assert.True(pause > 700, $"The clock changed again after {pause:F0} ms."));
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("() => document.getAnimations().length"));
    }

    // Presses Tab until the control has the focus, and asserts that the focus is visible.
    private static async Task TabToAsync(Visit visit, string control, bool backwards = false)
    {
        var passed = new List<string>();
        for (var step = 0; step < 200; step++)
        {
            await visit.Page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
            var focused = await visit.Page.EvaluateAsync<string>(
                """
                () => {
                  const element = document.activeElement;
                  const roles = { BUTTON: 'button', A: 'link', SELECT: 'combobox' };
                  const inputs = { search: 'searchbox', checkbox: 'checkbox', range: 'slider' };
                  const role = element.getAttribute('role') ?? roles[element.tagName] ?? inputs[element.type] ?? element.tagName.toLowerCase();
                  const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.querySelector('.picker-name')?.firstChild.textContent ?? element.labels?.[0]?.textContent ?? element.textContent;
                  return `${role} '${label.replace(/[▵▲▼△▽▴▾]/g, '').trim()}'`;
                }
                """);
            if (focused == control)
            {
                Assert.True(
                    await visit.Page.EvaluateAsync<bool>("() => document.activeElement.matches(':focus-visible') && getComputedStyle(document.activeElement).outlineStyle !== 'none'"),
                    $"The focus cannot be seen at {control}.");
                return;
            }

            passed.Add(focused);
        }

        Assert.Fail($"Tab does not lead to {control}; it leads to {string.Join(", ", passed.Distinct(StringComparer.Ordinal))}");
    }
}
