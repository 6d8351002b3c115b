using System.Net;
using Trainyard.Service.Export;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Tests.Export;

public sealed class CodeTests(DatabaseServer server) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trainyard-code-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "using TorchSharp;")]
    [InlineData("?language=torchsharp", "using TorchSharp;")]
    [InlineData("?language=pytorch", "import torch")]
    public async Task Code_OfARun_IsAProgramThatNamesIt(string query, string line)
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.Http.SubmitAsync();

        var response = await app.Http.GetAsync($"/api/v1/runs/{id}/code{query}", Cancellation);

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        var program = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains($"Reproduces run {id}", program, StringComparison.Ordinal);
        Assert.Contains(line, program.Split('\n'));
    }

    [Fact]
    public async Task Code_OfARunThatStartedFromAnothersWeights_SaysSo()
    {
        await using var app = await TestApp.StartAsync(server);
        var (parent, id) = (await app.Http.SubmitAsync(), await app.Http.SubmitAsync());
        await using var fork = app.DataSource.CreateCommand($"update runs set parent_id = '{parent}', parent_kind = 'fork', weights = 'parent.safetensors' where id = '{id}'");
        await fork.ExecuteNonQueryAsync(Cancellation);

        foreach (var (language, sign) in ((string, string)[])[("pytorch", "#"), ("torchsharp", "//")])
        {
            Assert.Contains(
                $"{sign} The recorded run started from the weights of run {parent}; this program draws its first weights from the seed.",
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

    [Fact]
    public void Name_ThatTriesToEndItsComment_StaysInIt()
    {
        var facts = ProgramSpecs.Facts(new() { ["name"] = "evil\u2028import os", ["data"] = new System.Text.Json.Nodes.JsonObject { ["dataset"] = "xor" }, ["model"] = new System.Text.Json.Nodes.JsonObject { ["kind"] = "mlp" } });

        Assert.StartsWith("# evil import os\n", PytorchProgram.Write(facts), StringComparison.Ordinal);
        Assert.StartsWith("// evil import os\n", TorchSharpProgram.Write(facts), StringComparison.Ordinal);
    }

    [Fact]
    public void Specs_OfEveryTechnique_LeaveNoneOut()
    {
        var used = ProgramSpecs.OfEveryTechnique().SelectMany(spec => ProgramSpecs.TechniquesOf(spec.Facts)).ToHashSet();

        Assert.Empty(TechniqueCatalog.All.Select(technique => (technique.Kind, technique.Name)).Except(used));
    }

    [Fact]
    public async Task Pytorch_OfEveryTechnique_IsPython()
    {
        foreach (var (name, facts) in ProgramSpecs.OfEveryTechnique())
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, name + ".py"), PytorchProgram.Write(facts), Cancellation);
        }

        var (exitCode, output) = await ProgramTools.RunAsync(ProgramTools.Python, ["-m", "py_compile", .. Directory.GetFiles(folder.FullName, "*.py")]);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task TorchSharp_OfEveryTechnique_Compiles()
    {
        // Two at a time: compilers are hungry.
        using var gate = new SemaphoreSlim(2);
        var problems = await Task.WhenAll(ProgramSpecs.OfEveryTechnique().Select(async spec =>
        {
            await gate.WaitAsync(Cancellation);
            try
            {
                var source = Path.Combine(folder.FullName, spec.Name + ".cs");
                await File.WriteAllTextAsync(source, TorchSharpProgram.Write(spec.Facts), Cancellation);
                var messages = await ProgramTools.CompileAsync(source, Path.ChangeExtension(source, ".dll"));
                return messages.Length == 0 ? "" : $"{spec.Name}: {messages}";
            }
            finally
            {
                gate.Release();
            }
        }));

        Assert.True(problems.All(problem => problem.Length == 0), string.Concat(problems));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
