using Microsoft.Playwright;

// Each test keeps two cores busy by itself: browser, service, database and trainer.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Trainyard.EndToEnd.Tests.Browser))]

namespace Trainyard.EndToEnd.Tests;

/// <summary>The system's Chromium, started once; each test has a context of its own.</summary>
public sealed class Browser : IAsyncLifetime
{
    // The shell has no windows to draw, so that the same tests take less time.
    private static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        var program = Array.Find(Programs, File.Exists) ?? throw new InvalidOperationException(
            $"The browser tests need Chromium, and there is none at {string.Join(", ", Programs)}. To install it: apt-get install --no-install-recommends chromium-headless-shell");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
            ],
        });
    }

    internal async Task<Visit> OpenAsync(RunningService service, string path, ColorScheme theme = ColorScheme.Light, int width = 1280, string? locale = null, ReducedMotion motion = ReducedMotion.NoPreference)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = service.Address,
            ColorScheme = theme,
            Locale = locale,
            ReducedMotion = motion,
            ViewportSize = new() { Width = width, Height = 800 },
        });
        context.SetDefaultTimeout(90_000);
        var page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        await page.GotoAsync(path);
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }
}
