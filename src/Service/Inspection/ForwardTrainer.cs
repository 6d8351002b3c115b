using Trainyard.Service.Workers;

namespace Trainyard.Service.Inspection;

/// <summary>A trained network that is held ready in a trainer process.</summary>
/// <param name="key">The checkpoint, and when it was written.</param>
/// <param name="folder">The folder of the checkpoint, one for each run.</param>
/// <param name="process">The trainer.</param>
internal sealed class ForwardTrainer(string key, string? folder, SessionProcess process)
{
    public string Key => key;

    public string? Folder => folder;

    public SessionProcess Process => process;

    /// <summary>Requests that wait for it now.</summary>
    public int Users { get; set; }

    /// <summary>When it was last used, a timestamp of the clock.</summary>
    public long LastUse { get; set; }

    /// <summary>Whether it has answered: the network and its data are loaded.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>Why it is given up although it is in use; null while it is not.</summary>
    public string? Ended { get; set; }
}
