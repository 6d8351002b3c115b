using Trainyard.Specs.Events;
using Trainyard.Trainer.Datasets.Downloads;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Checkpoints;

/// <summary>
/// The checkpoints of a run: <c>checkpoints/step-0000000123.ckpt</c> in its folder. A file is written under another name, flushed to the disk, hashed
/// and renamed, so a name with that pattern is always complete; the newest two are kept.
/// </summary>
internal sealed class CheckpointStore(string runFolder)
{
    private const string FolderName = "checkpoints";
    private const string Pattern = "step-*.ckpt";
    private const int Kept = 2;

    private readonly string folder = Path.Combine(runFolder, FolderName);

    /// <summary>Whether an earlier attempt has been here.</summary>
    public bool HasHistory => Directory.Exists(folder);

    /// <summary>Makes the folder and removes what an attempt left half-written.</summary>
    /// <exception cref="RunFailureException">The folder cannot be written.</exception>
    public void Prepare() => Guard(folder, () =>
    {
        Directory.CreateDirectory(folder);
        foreach (var leftover in Directory.GetFiles(folder, "*.tmp"))
        {
            File.Delete(leftover);
        }
    });

    /// <summary>Removes the checkpoints of an earlier attempt. Returns how many there were.</summary>
    /// <exception cref="RunFailureException">A file cannot be removed.</exception>
    public int Clear()
    {
        var files = NewestFirst();
        files.ForEach(file => Guard(file, () => File.Delete(file)));
        return files.Count;
    }

    /// <summary>Writes a checkpoint and removes all but the newest two.</summary>
    /// <exception cref="RunFailureException">The disk is full, or the folder cannot be written; earlier checkpoints stay as they are.</exception>
    public SavedCheckpoint Save(CheckpointHeader header, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        var path = PathOf(header.Cursor.Step);
        var temporary = path + ".tmp";
        SavedCheckpoint? saved = null;
        Guard(path, () =>
        {
            try
            {
                var (bytes, sha256) = CheckpointFile.Write(temporary, header, tensors);
                File.Move(temporary, path, overwrite: true);
                saved = new SavedCheckpoint($"{FolderName}/{Path.GetFileName(path)}", bytes, sha256);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            NewestFirst().Skip(Kept).ToList().ForEach(File.Delete);
        });
        return saved!;
    }

    /// <summary>
    /// Restores the newest intact checkpoint, of those that the receiver of the events knows about if there is one, and removes later ones: the
    /// steps between are trained again, with the same numbers, and their events are sent again. A damaged one is set aside under another name.
    /// </summary>
    /// <param name="identity">The spec that is trained.</param>
    /// <param name="tensors">Where to put the values, by name.</param>
    /// <param name="notice">Told of each damaged file.</param>
    /// <param name="knownStep">Step of the newest checkpoint whose event was received, 0: of none; null: all are known.</param>
    /// <returns>The header; null when there is no intact checkpoint, or none that is known of.</returns>
    /// <exception cref="OtherSpecException">The checkpoint is of another spec.</exception>
    public CheckpointHeader? Restore(
        SpecIdentity identity,
        IReadOnlyList<(string Name, Tensor Tensor)> tensors,
        NoticeTaker notice,
        long? knownStep = null)
    {
        var unknown = knownStep is { } step ? NewestFirst().Where(path => string.CompareOrdinal(path, PathOf(step)) > 0).ToList() : [];
        if (knownStep == 0)
        {
            // The beginning is always there to go back to.
            unknown.ForEach(later => Guard(later, () => File.Delete(later)));
            return null;
        }

        foreach (var path in (string[])[.. NewestFirst().Except(unknown), .. unknown])
        {
            try
            {
                var header = CheckpointFile.ReadHeader(path);
                if (!identity.Continues(SpecIdentity.Of(header)))
                {
                    throw new OtherSpecException($"{path} belongs to another spec (SHA-256 {header.SpecSha256}); this one is {identity.Sha256}.");
                }

                CheckpointFile.ReadTensors(path, header, tensors);
                if (unknown.Contains(path))
                {
                    notice(RunMessageCode.CheckpointGap, ("knownStep", knownStep), ("step", header.Cursor.Step));
                }
                else
                {
                    unknown.ForEach(later => Guard(later, () => File.Delete(later)));
                }

                return header;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                notice(RunMessageCode.CheckpointDamaged, ("file", Path.GetFileName(path)), ("detail", exception.Message));
                Guard(path, () => File.Move(path, path + ".damaged", overwrite: true));
            }
        }

        return null;
    }

    private static void Guard(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(
                FailureClass.Storage, RunMessageCode.FileNotWritable, [("path", path), ("detail", exception.Message)], exception);
        }
    }

    private string PathOf(long step) => Path.Combine(folder, $"step-{step:D10}.ckpt");

    private List<string> NewestFirst() =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, Pattern).OrderDescending(StringComparer.Ordinal)] : [];
}
