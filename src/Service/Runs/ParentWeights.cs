using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Runs;

/// <summary>Copies the weights of a run for its fork; the run itself keeps only its latest two checkpoints, and may be deleted.</summary>
internal sealed class ParentWeights(RunsDbContext database, IOptions<ServiceOptions> options)
{
    public const string FileName = "weights.safetensors";

    // A run keeps two; more may be replaced while they are read.
    private const int Candidates = 5;

    // Copies the latest available checkpoint. Returns its completed epochs; null if there is none in this process's data folder.
    public async Task<int?> CopyAsync(Guid parentId, Guid id, CancellationToken cancellationToken)
    {
        var parent = DataFolder.OfRun(options.Value.DataPath, parentId);
        var folder = DataFolder.OfRun(options.Value.DataPath, id);
        var saved = await database.Events.Where(entry => entry.RunId == parentId && entry.Type == "checkpoint")
            .OrderByDescending(entry => entry.Seq).Take(Candidates).Select(entry => entry.Data).ToListAsync(cancellationToken);
        foreach (var checkpoint in saved.Cast<CheckpointEvent>())
        {
            try
            {
                await using var source = File.OpenRead(Path.Combine(parent, checkpoint.File));
                Directory.CreateDirectory(folder);
                await using var copy = File.Create(Path.Combine(folder, FileName));
                await source.CopyToAsync(copy, cancellationToken);
                return checkpoint.Epoch;
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                // Replaced by a later one; try the next.
            }
        }

        return null;
    }

    /// <summary>Deletes the copy for a run that was not stored.</summary>
    public void Discard(Guid id)
    {
        if (DataFolder.OfRun(options.Value.DataPath, id) is var folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
