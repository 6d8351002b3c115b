using System.Diagnostics;

namespace Trainyard.Service.Tests;

/// <summary>Waits with a bound.</summary>
internal static class Waiting
{
    /// <summary>Longer than anything takes that works, on a machine that does much else; only a test that fails waits for it.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <param name="condition">The question.</param>
    /// <param name="what">What is waited for, for the message.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Soon, $"{what}: not within {Soon.TotalSeconds} s");
            await Task.Delay(20);
        }
    }
}
