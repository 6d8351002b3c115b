using System.Diagnostics;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Checkpoints;

namespace Trainyard.Trainer.Tests.Checkpoints;

/// <summary>A run whose folder lies on a file system of its own that is too small for three checkpoints.</summary>
[Trait("Needs", "process")]
public sealed class FullDiskTests
{
    [Fact]
    public async Task Train_DiskFullWhileWritingACheckpoint_FailsAsStorageAndKeepsTheEarlierOnes()
    {
        using var folder = new TemporaryFolder();
        var spec = folder.Write("spec.json", TestSpecs.Shapes(epochs: 50));
        var run = Directory.CreateDirectory(folder.File("run")).FullName;
        // One checkpoint is about 70 kB; two are kept and the third is written beside them. The mount exists only inside the new namespace,
        // so what is left on it is listed there, after the trainer's end.
        var script = $"""
            mount -t tmpfs -o size=180k none '{run}' || exit 99
            '{TrainerProcess.Executable}' train --spec '{spec}' --out '{run}' --threads 2 --checkpoint-seconds 0
            code=$?
            cp -r '{run}/checkpoints' '{folder.File("left")}'
            exit $code
            """;
        // An ordinary user may mount in a user namespace of its own.
        string[] namespaces = Environment.UserName == "root" ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
        await using var trainer = TrainerProcess.Start(new ProcessStartInfo("unshare", [.. namespaces, "sh", "-c", script]));
        await trainer.ExpectExitAsync(73);

        var failed = Assert.IsType<FailedEvent>(trainer.Lines[^1].Event);
        Assert.Equal(FailureClass.Storage, failed.Class);
        Assert.Contains(".safetensors", failed.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", failed.Message, StringComparison.Ordinal);
        var kept = Directory.GetFiles(folder.File("left")).Order(StringComparer.Ordinal).ToArray();
        Assert.All(kept, file => Assert.EndsWith(".safetensors", file, StringComparison.Ordinal));
        Assert.Equal(trainer.Events.OfType<CheckpointEvent>().TakeLast(2).Select(saved => saved.Step), kept.Select(file => CheckpointFile.Open(file).Header.Cursor.Step));
    }
}
