using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Trainyard.Specs.Events;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Checkpoints;

/// <summary>A checkpoint on the disk: its path within the run's folder, its size, and the SHA-256 of the whole file.</summary>
internal sealed record SavedCheckpoint(string File, long Bytes, string Sha256);

/// <summary>The checkpoint that a run was started with is of another spec or network, or cannot be read.</summary>
internal sealed class UnusableCheckpointException(string message, Exception? cause = null) : Exception(message, cause);

// The checkpoints of a run: checkpoints/step-0000000123.safetensors in its folder, the newest two. A file is written under a temporary name, hashed, flushed to
// the disk and renamed, so a file with that name is always complete.
internal sealed partial class CheckpointStore(string runFolder)
{
    private const string FolderName = "checkpoints";
    private const string Extension = ".safetensors";
    private const int Kept = 2;

    private readonly string folder = Path.Combine(runFolder, FolderName);

    /// <summary>Whether an earlier attempt has opened this store.</summary>
    public bool HasHistory => Directory.Exists(folder);

    /// <summary>Creates the folder and removes partially written files.</summary>
    /// <exception cref="RunFailureException">The folder cannot be written.</exception>
    public void Prepare() => Guard(folder, () =>
    {
        Directory.CreateDirectory(folder);
        foreach (var leftover in Directory.GetFiles(folder, "*.tmp"))
        {
            File.Delete(leftover);
        }
    });

    /// <summary>Removes every checkpoint. Returns how many there were.</summary>
    /// <exception cref="RunFailureException">A file cannot be removed.</exception>
    public int Clear()
    {
        var files = NewestFirst();
        Delete(files);
        return files.Length;
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
                FlushFolder();
                saved = new SavedCheckpoint($"{FolderName}/{Path.GetFileName(path)}", bytes, sha256);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        });
        Delete(NewestFirst().Skip(Kept));
        return saved!;
    }

    // Restores the newest intact checkpoint whose event was stored, and removes later ones: the steps after it are trained again, with the same results, and
    // their events are written again. Only when none of those is left, the newest of the others. A damaged file is renamed.
    // knownStep: Step of the newest checkpoint whose event was stored, 0 when none was; null when all were. Returns the header; null when the run starts from
    // the beginning. Throws UnusableCheckpointException: the checkpoint is of another spec.
    public CheckpointHeader? Restore(ExperimentSpec spec, IReadOnlyList<(string Name, Tensor Tensor)> tensors, NoticeWriter notice, long? knownStep = null)
    {
        var files = NewestFirst();
        string[] unknown = knownStep is { } step ? [.. files.Where(path => string.CompareOrdinal(path, PathOf(step)) > 0)] : [];
        if (knownStep == 0)
        {
            Delete(unknown);
            return null;
        }

        foreach (var path in (string[])[.. files[unknown.Length..], .. unknown])
        {
            try
            {
                var checkpoint = CheckpointFile.Open(path);
                if (!checkpoint.Header.Fits(spec))
                {
                    throw new UnusableCheckpointException($"The checkpoint {path} is of another spec; use another folder, or train without --resume.");
                }

                checkpoint.CopyTo(tensors);
                if (unknown.Contains(path))
                {
                    notice(RunMessageCode.CheckpointGap, ("knownStep", knownStep), ("step", checkpoint.Header.Cursor.Step));
                }
                else
                {
                    Delete(unknown);
                }

                return checkpoint.Header;
            }
            catch (Exception exception) when (exception is InvalidDataException or IOException)
            {
                notice(RunMessageCode.CheckpointDamaged, ("file", Path.GetFileName(path)), ("detail", exception.Message));
                Guard(path, () => File.Move(path, path + ".damaged", overwrite: true));
            }
        }

        return null;
    }

    private static void Delete(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            Guard(path, () => File.Delete(path));
        }
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
                FailureClass.Storage, StorageFailure.CodeOf(exception), [("path", path), ("detail", exception.Message)], exception);
        }
    }

    private string PathOf(long step) => Path.Combine(folder, $"step-{step:D10}{Extension}");

    private string[] NewestFirst() =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "step-*" + Extension).OrderDescending(StringComparer.Ordinal)] : [];

    // A rename survives a power failure only when its folder is flushed too. .NET opens no folders.
    private void FlushFolder()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const int CloseOnExec = 0x80000;
        using var handle = new SafeFileHandle(OpenFolder(folder, CloseOnExec), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFolder(string path, int flags);
}
