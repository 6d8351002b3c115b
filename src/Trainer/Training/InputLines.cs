using System.Collections.Concurrent;

namespace Trainyard.Trainer.Training;

// The lines of an input, read by a thread of its own that never keeps the process alive. Who waits for a line can give up without losing one: a read of the input
// itself could not be taken back.
internal sealed class InputLines
{
    private static readonly Lazy<InputLines> OfStandardInput = new(() => new(Console.In));
    private readonly BlockingCollection<string> lines = [];

    public InputLines(TextReader input) => new Thread(() => Read(input)) { IsBackground = true, Name = "input" }.Start();

    /// <summary>Standard input; nothing else may read it after the first use.</summary>
    public static InputLines Standard => OfStandardInput.Value;

    /// <summary>Waits for the next line and takes it; null at the end of the input.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public string? Take(CancellationToken cancellationToken) => lines.TryTake(out var line, Timeout.Infinite, cancellationToken) ? line : null;

    private void Read(TextReader input)
    {
        try
        {
            while (input.ReadLine() is { } line)
            {
                lines.Add(line);
            }
        }
        catch (IOException exception)
        {
            // A broken input is the same as its end.
            Console.Error.WriteLine($"Standard input broke: {exception.Message}");
        }

        lines.CompleteAdding();
    }
}
