using Microsoft.Playwright;

namespace Trainyard.EndToEnd.Tests;

/// <summary>The description of the API in the browser, where one can try it out.</summary>
public sealed class SwaggerTests(Browser browser, ServiceFixture fixture)
{
    [Fact]
    public async Task SubmitRun_ExampleXorExecuted_CreatesTheRun()
    {
        await using var visit = await browser.OpenAsync(fixture.Service, "/swagger");
        var operation = visit.Page.Locator("[id='operations-Runs-submitRun']");
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { NameString = "Try it out" }).ClickAsync();
        await operation.Locator(".examples-select select").First.SelectOptionAsync("xor");

        await operation.GetByRole(AriaRole.Button, new() { NameString = "Execute" }).ClickAsync();

        var response = operation.Locator(".live-responses-table .response");
        await response.Locator(".response-col_status").GetByText("201").WaitForAsync();
        await response.GetByText("XOR with a hidden layer").First.WaitForAsync();
        Assert.Empty(visit.Faults);
    }
}
