namespace Trainyard.FaultyTrainer;

/// <summary>What a run is requested to do.</summary>
#pragma warning disable CA1001 // A late line must not throw, so the source is never disposed of.
internal sealed class Requests
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource stop = new();

    public string Kind { get; private set; } = "";
    public CancellationToken Token => stop.Token;

    public void Stop(string kind)
    {
        Kind = kind;
        stop.Cancel();
    }
}
