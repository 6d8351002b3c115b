[assembly: AssemblyFixture(typeof(Trainyard.EndToEnd.Tests.ServiceFixture))]

namespace Trainyard.EndToEnd.Tests;

/// <summary>One service for all tests that do not disturb it. It has the runs of all of them: each names its own so that no other has the name.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim making = new(1, 1);
    private readonly Dictionary<string, string[]> made = [];

    internal RunningService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await RunningService.StartNewAsync();

    /// <summary>A run that has succeeded; trained once. Tests may fork it, but not change it.</summary>
    internal async Task<string> FinishedRunAsync() => (await OnceAsync("run", () => TrainAsync(Specs.Quick("finished"))))[0];

    /// <summary>A study whose runs have ended; trained once.</summary>
    internal async Task<string> FinishedStudyAsync() => (await OnceAsync("study", async () => [await StudyAsync()]))[0];

    /// <summary>The runs of <see cref="Specs.Compared"/> with names that begin with "compared"; trained once.</summary>
    internal Task<string[]> ComparedRunsAsync() => OnceAsync("compared", () => TrainAsync(Specs.Compared("compared")));

    /// <summary>Trains runs one after the other, to their ends.</summary>
    internal async Task<string[]> TrainAsync(params string[] specs)
    {
        List<string> runs = [];
        foreach (var spec in specs)
        {
            runs.Add(await Service.SubmitAsync(spec));
        }

        foreach (var run in runs)
        {
            await SucceededAsync(run);
        }

        return [.. runs];
    }

    public async ValueTask DisposeAsync()
    {
        making.Dispose();
        await Service.DisposeAsync();
    }

    internal Task SucceededAsync(string id) => Waiting.UntilAsync(
        async () => (await Service.RunAsync(id)).GetProperty("state").GetString() == "succeeded",
        TimeSpan.FromMinutes(3),
        async () => $"run {id} has succeeded: {await Service.RunAsync(id)}");

    private async Task<string> StudyAsync()
    {
        var id = await Service.SubmitStudyAsync(Specs.Study("finished study"));
        await Waiting.UntilAsync(
            async () => (await Service.StudyAsync(id)).GetProperty("state").GetString() == "completed",
            TimeSpan.FromMinutes(5),
            async () => $"study {id} is completed: {await Service.StudyAsync(id)}");
        return id;
    }

    // Made by the first test that asks for it.
    private async Task<string[]> OnceAsync(string what, Func<Task<string[]>> make)
    {
        await making.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return made.TryGetValue(what, out var ids) ? ids : made[what] = await make();
        }
        finally
        {
            making.Release();
        }
    }
}
