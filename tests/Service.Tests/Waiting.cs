using System.Diagnostics;

namespace Trainyard.Service.Tests;

/// <summary>Waits with a bound.</summary>
internal static class Waiting
{
    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <param name="condition">The question.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="seconds">The bound.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, double seconds = 30)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began).TotalSeconds < seconds, $"{what}: not within {seconds} s");
            await Task.Delay(20);
        }
    }
}
