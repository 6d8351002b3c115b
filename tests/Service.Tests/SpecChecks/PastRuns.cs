namespace Trainyard.Service.Tests.SpecChecks;

/// <summary>Runs that ended, for the expected time of others.</summary>
internal static class PastRuns
{
    /// <summary>A run that took so many seconds.</summary>
    /// <param name="app">Where it is stored.</param>
    /// <param name="seconds">From the claim to the end.</param>
    /// <param name="epochs">The time of training at the end of each epoch.</param>
    /// <param name="attempt">The attempt that succeeded.</param>
    /// <param name="spec">Its spec.</param>
    public static async Task AddAsync(TestApp app, double seconds, double[] epochs, int attempt = 1, string spec = Api.Xor)
    {
        var id = await app.Http.SubmitAsync(spec);
        var points = string.Concat(epochs.Select((end, index) => $"insert into metric_points values ('{id}', 'train_loss', {index + 1}, {index + 1}, 1, now(), {end});"));
        await using var finish = app.DataSource.CreateCommand(
            $"update runs set state = 'succeeded', attempt = {attempt}, started_at = now() - interval '{seconds} s', finished_at = now() where id = '{id}';{points}");
        await finish.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
