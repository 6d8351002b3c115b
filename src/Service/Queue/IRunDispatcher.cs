using Trainyard.Service.Workers;

namespace Trainyard.Service.Queue;

/// <summary>Decides when a worker looks for a run. The claim decides who gets it, so a wake-up too many is harmless.</summary>
internal interface IRunDispatcher
{
    /// <summary>What <c>GET /api/v1/system</c> calls it.</summary>
    string Name { get; }

    /// <summary>Gives runs to a worker, as many at once as it has slots, until <paramref name="stopping"/>; returns when the last one ended.</summary>
    Task DispatchAsync(RunWorker worker, CancellationToken stopping);
}
