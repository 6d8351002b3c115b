using Trainyard.Trainer.Tests;

// Training processes use all cores, and some tests count the live tensors of the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(EngineSetup))]

namespace Trainyard.Trainer.Tests;

/// <summary>Loads the engine as the trainer does, once for all tests.</summary>
public sealed class EngineSetup
{
    public EngineSetup() => Trainyard.Trainer.Setup.Engine.Load(threads: 2);
}
