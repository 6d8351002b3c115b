using System.Diagnostics;

namespace Trainyard.Tests;

/// <summary>Waits for a condition, with a bound.</summary>
public static class Waiting
{
    /// <summary>Longer than anything takes that works, on a loaded machine; only a test that fails waits for it.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    public static Task UntilAsync(Func<Task<bool>> condition, string what) => UntilAsync(condition, Soon, () => Task.FromResult(what));

    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan atMost, Func<Task<string>> message)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > atMost)
            {
                Assert.Fail($"Not within {atMost.TotalSeconds:0.#} s: {await message()}");
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
