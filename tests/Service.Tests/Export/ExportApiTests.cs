using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.Export;

[Trait("Needs", "database")]
public sealed class ExportApiTests(DatabaseServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "using TorchSharp;")]
    [InlineData("?language=torchsharp", "using TorchSharp;")]
    [InlineData("?language=pytorch", "import torch")]
    public async Task Code_OfARun_IsAProgramWithItsId(string query, string line)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        var response = await app.Http.GetAsync($"/api/v1/runs/{id}/code{query}", Cancellation);

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        var program = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains($"un {id}", program, StringComparison.Ordinal);
        Assert.Contains(line, program.Split('\n'));
    }

    [Fact]
    public async Task Code_RunStartedFromWeightsOfAnother_NamesIt()
    {
        await using var app = await TestApp.StartAsync(server);
        var (parent, id) = (await app.Http.SubmitAsync(), await app.Http.SubmitAsync());
        await using var fork = app.DataSource.CreateCommand($"update runs set parent_id = '{parent}', parent_kind = 'fork', weights = 'parent.safetensors' where id = '{id}'");
        await fork.ExecuteNonQueryAsync(Cancellation);

        foreach (var (language, sign) in ((string, string)[])[("pytorch", "#"), ("torchsharp", "//")])
        {
            Assert.Contains(
                $"{sign} The run started from the weights of run {parent}; this program initializes its own.",
                (await app.Http.GetStringAsync($"/api/v1/runs/{id}/code?language={language}", Cancellation)).Split('\n'));
        }
    }

    [Fact]
    public async Task Code_OfAnotherLanguageOrNoRun_IsAProblem()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{id}/code?language=cobol"), HttpStatusCode.BadRequest, "bad-parameter");
        Api.IsProblem(await app.Http.GetJsonAsync($"/api/v1/runs/{Guid.CreateVersion7()}/code"), HttpStatusCode.NotFound, "unknown-run");
    }

    [Theory]
    [InlineData("torchsharp", "// ")]
    [InlineData("pytorch", "# ")]
    public async Task Code_AfterARename_BeginsWithTheNewName(string language, string sign)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        (await app.Http.PatchAsJsonAsync($"/api/v1/runs/{id}", new { name = "renamed" }, Cancellation)).EnsureSuccessStatusCode();

        var program = await app.Http.GetStringAsync($"/api/v1/runs/{id}/code?language={language}", Cancellation);

        Assert.StartsWith($"{sign}renamed\n", program, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TorchSharpProgram_BesideTheBuildTargets_RunsOnThisSystem()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();
        using var folder = new TemporaryFolder();
        folder.Write("program.cs", await app.Http.GetStringAsync($"/api/v1/runs/{id}/code", Cancellation));
        folder.Write("Directory.Build.targets", await app.Http.GetStringAsync("/api/v1/torchsharp/Directory.Build.targets", Cancellation));

        var output = await ProgramTools.SucceedAsync("dotnet", ["run", "program.cs"], folder.Path);

        var epochs = JsonNode.Parse(await app.Http.GetStringAsync($"/api/v1/runs/{id}", Cancellation))!["spec"]!["training"]!["epochs"]!.GetValue<int>();
        Assert.Equal(epochs, ProgramTools.Epochs(output).Count);
    }
}
