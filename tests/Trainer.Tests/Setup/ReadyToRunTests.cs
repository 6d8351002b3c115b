using System.Reflection.PortableExecutable;

namespace Trainyard.Trainer.Tests.Setup;

/// <summary>The assemblies beside the trainer that a start uses.</summary>
[Trait("Needs", "process")]
public sealed class ReadyToRunTests
{
    [Theory]
    [InlineData("trainer")]
    [InlineData("Trainyard.Specs")]
    [InlineData("TorchSharp")]
    [InlineData("System.CommandLine")]
    public void Release_Assembly_HasMachineCode(string name)
    {
        var folder = Path.GetDirectoryName(TrainerProcess.Executable)!;
        using var file = File.OpenRead(Path.Combine(folder, name + ".dll"));
        using var assembly = new PEReader(file);
        // The header of the machine code (ECMA-335, II.25.3.3: ManagedNativeHeader).
        Assert.Equal(Path.GetFileName(folder) == "release", assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }
}
