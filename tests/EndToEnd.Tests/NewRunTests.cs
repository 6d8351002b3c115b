using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

public sealed class NewRunTests(Browser browser, ServiceFixture fixture)
{
    private RunningService Service => fixture.Service;

    [Fact]
    public async Task Form_FilledAndSubmitted_StartsARunThatIsWatchedToItsEnd()
    {
        await using var visit = await browser.OpenAsync(Service, "/runs");
        await visit.Page.GetByRole(AriaRole.Link, new() { NameString = "New run" }).First.ClickAsync();
        var preset = visit.Page.Locator("[data-template=xor]");
        await preset.ClickAsync();
        await visit.Page.Locator(".form-section > summary", new() { HasTextString = "XOR with a hidden layer" }).ClickAsync();
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("from the form");
        await visit.Page.GetByLabel("Epochs", new() { Exact = true }).FillAsync("12");
        await visit.Page.GetByLabel("Optimizer", new() { Exact = true }).SelectOptionAsync("sgd");
        await visit.Page.GetByLabel("Learning rate", new() { Exact = true }).FillAsync("0.5");
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Start training" }).ClickAsync();

        await visit.State("succeeded").WaitForAsync(Long);
        await visit.Page.GetByText("100% · epoch 12 of 12").WaitForAsync();
        var training = (await Service.RunAsync(visit.Page.Url.Split('/')[^1])).GetProperty("spec").GetProperty("training");
        Assert.Equal("sgd", training.GetProperty("optimizer").GetProperty("name").GetString());
        Assert.Equal(0.5, training.GetProperty("optimizer").GetProperty("learningRate").GetDouble());
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    // n for the form, 1 for its first template, and Ctrl + Enter.
    [Fact]
    public async Task Form_FourKeystrokesFromTheTable_StartARun()
    {
        await using var visit = await browser.OpenAsync(Service, "/runs");
        await visit.WaitForConnectionAsync("live");
        await visit.Page.Keyboard.PressAsync("n");
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();
        await visit.Page.Keyboard.PressAsync("1");
        await visit.Page.Locator("[data-template=xor][aria-pressed=true]").WaitForAsync();
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();
        await visit.Page.Locator(".preview-points circle").First.WaitForAsync();
        Assert.Empty(await visit.FindBarriersAsync());

        await visit.Page.Keyboard.PressAsync("Control+Enter");

        await visit.State("succeeded").WaitForAsync(Long);
        var run = await Service.RunAsync(visit.Page.Url.Split('/')[^1]);
        Assert.Equal("xor", run.GetProperty("dataset").GetString());
        Assert.Equal("XOR with a hidden layer", run.GetProperty("name").GetString());
        Assert.Equal(1, visit.Loads);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Form_OnAPhone_HasTheStartAndTheResultOfTheCheckInViewWithoutScrolling()
    {
        await using var visit = await browser.OpenAsync(Service, "/new", width: 390);
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();

        foreach (var part in (ILocator[])[visit.Page.Locator("[data-check]"), visit.Page.GetByRole(AriaRole.Button, new() { NameString = "Start training" })])
        {
            var box = (await part.BoundingBoxAsync())!;
            Assert.InRange(box.Y + box.Height, 0, await visit.Page.EvaluateAsync<float>("() => innerHeight"));
        }

        Assert.Equal(0, await visit.Page.Locator(".form-fields details[open]").CountAsync());
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Json_InvalidSyntaxThenInvalidValue_ReportsThePositionAtTheField()
    {
        await using var visit = await browser.OpenAsync(Service, "/new?view=json");
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();
        var json = visit.Page.GetByRole(AriaRole.Textbox, new() { NameString = "Spec as JSON" });

        await json.FillAsync("{ \"data\": }");
        await visit.Page.GetByText("Line 1, column 11: value expected.").First.WaitForAsync();

        await json.FillAsync("""{ "data": { "dataset": "xor" }, "model": { "kind": "mlp", "dense": [0] } }""");
        var field = visit.Page.Locator("[data-pointer='/model/dense']");
        await field.GetByText("Must be between").WaitForAsync();
        await field.GetByRole(AriaRole.Button, new() { NameString = "Use" }).ClickAsync();
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();
        Assert.Contains("\"dense\": [1]", await json.InputValueAsync(), StringComparison.Ordinal);
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Json_LayerThatDoesNotFit_ShowsTheLayersUpToItAndWhy()
    {
        await using var visit = await browser.OpenAsync(Service, "/new?view=json");
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();
        await visit.Page.GetByRole(AriaRole.Textbox, new() { NameString = "Spec as JSON" }).FillAsync(
            """
            { "data": { "dataset": "shapes" }, "model": { "kind": "cnn", "blocks": [{ "filters": 4, "poolSize": 8 }, { "filters": 4, "poolSize": 8 }] } }
            """);

        await visit.Page.GetByRole(AriaRole.Group, new() { NameString = "View of the spec" }).GetByRole(AriaRole.Button, new() { NameString = "Network" }).ClickAsync();
        var broken = visit.Page.Locator("[data-broken=pool2]");
        await broken.GetByText("The input of pool2 is smaller than its pooling window.").WaitForAsync();
        var names = await visit.Page.Locator(".layers tbody th").AllInnerTextsAsync();
        Assert.Equal(["conv1", "activation1", "pool1", "conv2", "activation2", "pool2"], names);
        Assert.Empty(await visit.FindBarriersAsync());
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task Form_HelpOfATechnique_DrawsItsFormulaAsMathMl()
    {
        await using var visit = await browser.OpenAsync(Service, "/new");
        await visit.Page.Locator("[data-check=valid]").WaitForAsync();

        await visit.Page.Locator("[data-pointer='/training/optimizer']").GetByRole(AriaRole.Button, new() { NameString = "Help: Optimizer" }).ClickAsync();

        var formula = visit.Page.Locator("[popover]:popover-open math").First;
        await formula.WaitForAsync();
        Assert.Equal("http://www.w3.org/1998/Math/MathML", await formula.EvaluateAsync<string>("math => math.namespaceURI"));
        Assert.InRange((await formula.BoundingBoxAsync())!.Height, 10, 200);
        Assert.Empty(visit.Faults);
    }

    private static LocatorWaitForOptions Long => new() { Timeout = 60_000 };
}
