using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>A page that a test looks at. It counts page loads and remembers what went wrong inside the page.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string Contrast = Repository.PathOf("tests", "EndToEnd.Tests", "contrast.js");

    private readonly IBrowserContext context;
    private readonly List<string> faults = [];
    private int loads;

    public Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Load += (_, _) => Interlocked.Increment(ref loads);
        page.PageError += (_, fault) => Remember(fault);
        page.Console += (_, line) =>
        {
            // The browser itself logs requests that fail while the service is stopped; these are expected.
            if (line.Type == "error" && !line.Text.Contains("net::ERR_", StringComparison.Ordinal) && !line.Text.Contains("WebSocket", StringComparison.Ordinal))
            {
                Remember($"{line.Text} {line.Location}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Number of page loads; 1 without a reload.</summary>
    public int Loads => Volatile.Read(ref loads);

    /// <summary>Faults of scripts and of the content policy.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (faults)
            {
                return [.. faults];
            }
        }
    }

    public ILocator State(string state) => Page.Locator($"[data-state={state}]");

    /// <summary>Waits until the page shows the given live state.</summary>
    public Task WaitForConnectionAsync(string status) => Page.WaitForSelectorAsync($"[data-status={status}]");

    /// <summary>What the accessibility checker finds: one line per rule, with the first element; and texts without enough contrast where it cannot decide.</summary>
    public async Task<string[]> FindBarriersAsync()
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await Page.EvaluateAsync(await File.ReadAllTextAsync(Repository.AxeScript));
        }

        return await Page.EvaluateAsync<string[]>(
            $$"""
            async () => {
              const { violations, incomplete } = await axe.run(document, { resultTypes: ['violations', 'incomplete'] });
              const open = incomplete.filter(({ id }) => id === 'color-contrast').flatMap(({ nodes }) => nodes.map(({ target }) => target.join(' ')));
              const faint = {{(await File.ReadAllTextAsync(Contrast)).TrimEnd().TrimEnd(';')}};
              return [...violations.map((rule) => `${rule.id}: ${rule.help} at ${rule.nodes[0].target.join(' ')}`), ...faint(open)];
            }
            """);
    }

    /// <summary>The same in both themes, on a wide and on a narrow screen.</summary>
    public async Task<string[]> FindBarriersInEachLookAsync()
    {
        List<string> found = [];
        foreach (var (theme, width) in new[] { (ColorScheme.Dark, 390), (ColorScheme.Light, 390), (ColorScheme.Dark, 1280), (ColorScheme.Light, 1280) })
        {
            await LookAsync(theme, width);
            found.AddRange((await FindBarriersAsync()).Select(barrier => $"{theme} {width}: {barrier}"));
        }

        return [.. found];
    }

    /// <summary>Changes theme and width in place; the page has followed when this ends.</summary>
    public async Task LookAsync(ColorScheme theme, int width)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = theme });
        await Page.SetViewportSizeAsync(width, 800);
        // The next frame tells scripts of the change, and the one after it shows what they made of it.
        await Page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>Waits until nothing is wider than the window: charts follow a change of its width a little later.</summary>
    public Task FitsAsync() => Waiting.UntilAsync(
        async () => await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth") == 0,
        TimeSpan.FromSeconds(20),
        async () => $"{Page.Url} scrolls sideways, being wider than {Page.ViewportSize!.Width} pixels by {await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")}");

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private void Remember(string fault)
    {
        lock (faults)
        {
            faults.Add(fault);
        }
    }
}
