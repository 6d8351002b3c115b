using Microsoft.Extensions.Options;

namespace Trainyard.Service.Workers;

/// <summary>Finds the <c>trainer</c> executable: the configured path, else beside the service, else where the build leaves it.</summary>
internal sealed class TrainerLocation(IOptions<TrainerOptions> options)
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "trainer.exe" : "trainer";

    /// <summary>The executable; null when there is none, with the reason.</summary>
    public string? Find(out string reason)
    {
        var candidates = options.Value.Path is { Length: > 0 } configured
            ? [System.IO.Path.GetFullPath(configured)]
            : Probe(AppContext.BaseDirectory);
        var found = candidates.FirstOrDefault(File.Exists);
        reason = found is null
            ? $"There is no trainer at {string.Join(" or ", candidates)}. Build src/Trainer, or set Trainer__Path to the executable."
            : "";
        return found;
    }

    // The build puts each project into artifacts/bin/<Project>/<configuration>/.
    private static string[] Probe(string baseFolder)
    {
        var folder = new DirectoryInfo(baseFolder);
        return
        [
            System.IO.Path.Combine(baseFolder, "trainer", FileName),
            System.IO.Path.GetFullPath(System.IO.Path.Combine(baseFolder, "..", "..", "Trainer", folder.Name, FileName)),
        ];
    }
}
