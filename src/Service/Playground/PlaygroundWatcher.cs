using System.Runtime.CompilerServices;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Playground;

// Hands the newest update to one reader, after the one that the network began with, which alone has the points. It sends the next one only when all but one of
// those before are confirmed, so that nothing waits in a buffer: what a slow reader does not get in time is replaced by what is newer.
internal sealed class PlaygroundWatcher(PlaygroundUpdate? opened, PlaygroundUpdate? first)
{
    private const int MostUnconfirmed = 2;

    // Asks again whether it was woken, so that a lost wake-up delays and does not block.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    private readonly AsyncAutoResetEvent wake = new();
    private readonly Lock gate = new();
    private readonly Queue<long> unconfirmed = new();
    private PlaygroundUpdate? beginning = opened?.Number == first?.Number ? null : opened;
    private PlaygroundUpdate? newest = first;
    private bool isReplaced;

    public void Publish(PlaygroundUpdate update)
    {
        lock (gate)
        {
            newest = update;
        }

        wake.Set();
    }

    public void Shown(long number)
    {
        lock (gate)
        {
            while (unconfirmed.TryPeek(out var oldest) && oldest <= number)
            {
                unconfirmed.Dequeue();
            }
        }

        wake.Set();
    }

    /// <summary>Ends its stream: another reader takes over.</summary>
    public void Replace()
    {
        lock (gate)
        {
            isReplaced = true;
        }

        wake.Set();
    }

    public async IAsyncEnumerable<PlaygroundUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Take(out var isOver) is { } update)
            {
                yield return update;
                if (update.Ended is not null)
                {
                    yield break;
                }
            }
            else if (isOver)
            {
                yield break;
            }
            else
            {
                await wake.WaitAsync(Poll, cancellationToken);
            }
        }
    }

    private PlaygroundUpdate? Take(out bool isOver)
    {
        lock (gate)
        {
            isOver = isReplaced;
            if (isReplaced || (beginning ?? newest) is not { } update || (update.Ended is null && unconfirmed.Count >= MostUnconfirmed))
            {
                return null;
            }

            newest = beginning is null ? null : newest;
            beginning = null;
            unconfirmed.Enqueue(update.Number);
            return update;
        }
    }
}
