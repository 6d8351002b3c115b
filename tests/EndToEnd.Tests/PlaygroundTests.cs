using System.Globalization;
using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>A network is trained on the page, step by step and by playing, and saved as a run.</summary>
public sealed class PlaygroundTests(Browser browser, ServiceFixture fixture)
{
    [Fact]
    public async Task Playground_StepAndPlay_TrainsAndDrawsAndIsSavedAsARun()
    {
        await using var visit = await browser.OpenAsync(fixture.Service, "/playground?dataset=xor&features=x1-x1X2&layers=4&speed=1000");
        var page = visit.Page;
        var step = page.GetByRole(AriaRole.Button, new() { NameString = "Step", Exact = true });
        await page.Locator(".boundary").WaitForAsync();
        await page.GetByText("More settings").ClickAsync();
        await page.GetByLabel("Label smoothing", new() { Exact = true }).FillAsync("0.1");
        await page.GetByLabel("Beta1", new() { Exact = true }).FillAsync("0.8");
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
        Assert.Equal(0.1, spec.GetProperty("training").GetProperty("labelSmoothing").GetDouble());
        Assert.Equal(0.8, spec.GetProperty("training").GetProperty("optimizer").GetProperty("beta1").GetDouble());
        Assert.Empty(visit.Faults);
    }

    // Controls of the page, and what has no effect on points or in a session.
    private static readonly string[] Elsewhere =
    [
        "/data/validationFraction", "/data/labelNoise", "/data/features/", "/data/augmentation/", "/model/kind", "/model/globalPool", "/model/dropout/conv", "/training/batchSize",
        "/training/device", "/training/evaluateTest", "/training/timeLimitSeconds", "/training/observe/", "/data/dataset/trainSamples", "/data/dataset/testSamples",
        "/data/dataset/noise", "/training/optimizer/learningRate", "/training/weightDecay/strength",
    ];

    [Fact]
    public async Task Playground_AnyTechniqueOfTheCatalog_IsOfferedWithItsParameters()
    {
        var catalog = await fixture.Service.CatalogAsync();
        await using var visit = await browser.OpenAsync(fixture.Service, "/playground");
        var page = visit.Page;
        await page.Locator(".boundary").WaitForAsync();
        await page.GetByText("More settings").ClickAsync();
        await page.GetByLabel("Use batch normalization").CheckAsync();
        await page.GetByLabel("Use early stopping").CheckAsync();
        await AssertOfferedAsync(
            "/", [.. catalog.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("pointer").GetString()!).Where(pointer => pointer[1..].Contains('/') && !pointer.Contains('*'))]);
        await page.GetByLabel("Use batch normalization").UncheckAsync();
        await page.GetByLabel("Use early stopping").UncheckAsync();

        var techniques = catalog.GetProperty("techniques").EnumerateArray().ToArray();
        string[] images = ["fashion-mnist", "mnist", "cifar-10", "shapes"];
        (string Kind, string Label)[] kinds =
        [
            ("dataset", "Dataset"), ("activation", "Activation"), ("initialization", "Initialization"), ("optimizer", "Optimizer"), ("schedule", "Schedule"),
            ("weight_decay", "Regularization"), ("gradient_clipping", "Gradient clipping"),
        ];
        foreach (var (kind, label) in kinds)
        {
            var own = techniques.Where(technique => technique.GetProperty("kind").GetString() == kind && !images.Contains(technique.GetProperty("name").GetString())).ToArray();
            Assert.NotEmpty(own);
            foreach (var technique in own)
            {
                await page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(technique.GetProperty("name").GetString()!);
                var pointer = technique.GetProperty("pointer").GetString()!;
                await AssertOfferedAsync($"{pointer}/", [.. technique.GetProperty("parameters").EnumerateArray().Select(one => $"{pointer}/{one.GetProperty("name").GetString()}")]);
            }
        }

        await page.WaitForFunctionAsync("() => document.querySelector('.playground-notice') === null");
        Assert.Empty(visit.Faults);

        async Task AssertOfferedAsync(string under, string[] pointers)
        {
            var expected = pointers.Where(pointer => !Elsewhere.Any(one => one.EndsWith('/') ? pointer.StartsWith(one, StringComparison.Ordinal) : pointer == one)).Order(StringComparer.Ordinal);
            var offered = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.more-settings [data-pointer]')].map((field) => field.dataset.pointer)");
            var fields = under == "/" ? offered.Where(pointers.Contains) : offered.Where(pointer => pointer.StartsWith(under, StringComparison.Ordinal));
            Assert.Equal(expected, fields.Order(StringComparer.Ordinal));
        }
    }

    // The long form, a minute of playing, is bench/dashboard/playground.mjs; without a browser, tests/long/playground.py.
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
