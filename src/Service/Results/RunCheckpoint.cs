namespace Trainyard.Service.Results;

/// <summary>One checkpoint.</summary>
public sealed record RunCheckpoint
{
    /// <summary>The attempt that wrote it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Completed epochs in it.</summary>
    public required int Epoch { get; init; }

    /// <summary>Updates in it.</summary>
    public required long Step { get; init; }

    /// <summary>Its file name, which is also the last part of its address.</summary>
    public required string File { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the file, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the file can be had from here: only the newest are kept, and workers may keep theirs on another machine.</summary>
    public required bool Available { get; init; }
}
