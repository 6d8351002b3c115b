using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Workers;

/// <summary>What <c>Worker__Slots=auto</c> has measured, and what follows: which runs take one slot and one thread. The others take all of them.</summary>
internal sealed record SlotPlan
{
    // A run gets all threads where these make it faster by more than this: then one thread would keep its owner waiting.
    private const double WorthAllThreads = 1.5;

    /// <summary>Runs whose updates have fewer floating-point operations take one slot and one thread; 0: none.</summary>
    public required double OneThreadFlops { get; init; }

    /// <summary>By size of the network.</summary>
    public required IReadOnlyList<MeasuredSize> Sizes { get; init; }

    /// <param name="side">Speeds of processes with one thread each that were measured side by side, one for each slot.</param>
    /// <param name="alone">Speeds of one process with all threads.</param>
    public static SlotPlan From(IReadOnlyList<IReadOnlyList<StepSpeed>> side, IReadOnlyList<StepSpeed> alone)
    {
        MeasuredSize[] sizes =
        [
            .. alone.OrderBy(size => size.Flops).Select(size => new MeasuredSize
            {
                Flops = size.Flops,
                AllThreads = size.StepsPerSecond,
                SideBySide = side.Sum(process => process.Single(other => other.Flops.Equals(size.Flops)).StepsPerSecond),
            }),
        ];
        var small = sizes.TakeWhile(size => size.SideBySide > size.AllThreads && size.AllThreads < WorthAllThreads * size.SideBySide / side.Count).ToList();
        return new SlotPlan
        {
            // Between two sizes nothing is known: halfway on a logarithmic scale.
            OneThreadFlops = small.Count == 0 ? 0 : small.Count == sizes.Length ? sizes[^1].Flops : Math.Sqrt(small[^1].Flops * sizes[small.Count].Flops),
            Sizes = sizes,
        };
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, SpecJson.Options);
}

/// <summary>A network that was measured.</summary>
internal sealed record MeasuredSize
{
    /// <summary>Floating-point operations of an update.</summary>
    public required double Flops { get; init; }

    /// <summary>Updates a second of one process with all threads.</summary>
    public required double AllThreads { get; init; }

    /// <summary>Updates a second of a process with one thread for each slot, side by side, together.</summary>
    public required double SideBySide { get; init; }
}
