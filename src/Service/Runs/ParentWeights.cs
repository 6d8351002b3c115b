using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Trainyard.Service.Hosting;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Runs;

/// <summary>
/// Copies the weights of a run for another one. A copy, because a run keeps its newest two checkpoints only and may be deleted.
/// </summary>
internal sealed class ParentWeights(RunsDbContext database, IOptions<ServiceOptions> options)
{
    /// <summary>The copy, in the new run's folder.</summary>
    public const string FileName = "weights.safetensors";

    // A run keeps two; a few more in case it goes on meanwhile.
    private const int Tries = 5;

    /// <summary>Copies the newest checkpoint that is there.</summary>
    /// <returns>Complete epochs in it; null: there is none in this process's data folder.</returns>
    public async Task<int?> CopyAsync(Guid parentId, Guid id, CancellationToken cancellationToken)
    {
        var parent = DataFolder.OfRun(options.Value.DataPath, parentId);
        var folder = DataFolder.OfRun(options.Value.DataPath, id);
        var saved = await database.Events.Where(entry => entry.RunId == parentId && entry.Type == "checkpoint")
            .OrderByDescending(entry => entry.Seq).Take(Tries).Select(entry => entry.Data).ToListAsync(cancellationToken);
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
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                // Replaced by a newer one; an older one may still be there.
            }
        }

        return null;
    }

    /// <summary>Removes the copy of a run that was not stored after all.</summary>
    public void Discard(Guid id)
    {
        if (DataFolder.OfRun(options.Value.DataPath, id) is var folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
