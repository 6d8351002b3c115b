namespace Trainyard.Specs.Events;

/// <summary>
/// What a trainer that takes one command after the other (<c>trainer wait</c>) is to do: a line of JSON on its standard input. When the command has ended and the trainer
/// waits for the next one, it writes a line of <see cref="EndMark"/> and the exit code to standard output, and then <see cref="EndMark"/> to standard error. A trainer
/// that cannot go on exits instead.
/// </summary>
public sealed record TrainerOrder
{
    /// <summary>The control character EOT, which neither an event nor a message contains.</summary>
    public const char EndMark = '\u0004';

    /// <summary>Working directory: the folder of the run.</summary>
    public required string Directory { get; init; }

    /// <summary>The arguments that a process for this command alone would be started with.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }
}
