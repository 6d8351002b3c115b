namespace Trainyard.EndToEnd.Tests;

/// <summary>One service for the tests of a class that do not disturb it.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly SemaphoreSlim once = new(1, 1);
    private string? finished;
    private string? study;

    internal RunningService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await RunningService.StartNewAsync();

    /// <summary>A run that has succeeded; trained once.</summary>
    internal async Task<string> FinishedRunAsync()
    {
        await once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            finished ??= await TrainAsync();
            return finished;
        }
        finally
        {
            once.Release();
        }
    }

    /// <summary>A study whose runs have ended; trained once.</summary>
    internal async Task<string> FinishedStudyAsync()
    {
        await once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return study ??= await StudyAsync();
        }
        finally
        {
            once.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        once.Dispose();
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

    private async Task<string> TrainAsync()
    {
        var id = await Service.SubmitAsync(Specs.Quick("finished"));
        await SucceededAsync(id);
        return id;
    }
}
