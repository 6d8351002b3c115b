using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Trainer.Events;

/// <summary>Emits a notice: a message that does not end the run.</summary>
internal delegate void NoticeWriter(RunMessageCode code, params (string Name, object? Value)[] arguments);

/// <summary>Events cannot be written to the output.</summary>
internal sealed class OutputException(string message, Exception cause) : Exception(message, cause);

/// <summary>Writes run events as JSON lines, numbered from 1, each flushed at once, from any thread. The only output of the training loop.</summary>
internal sealed class EventWriter(Stream output, TimeProvider time)
{
    private readonly Lock gate = new();
    private long written;

    public void Write(RunEvent runEvent)
    {
        lock (gate)
        {
            var line = new TrainerLine { Seq = ++written, At = time.GetUtcNow(), Event = runEvent };
            var bytes = JsonSerializer.SerializeToUtf8Bytes(line, SpecJson.Options);
            Array.Resize(ref bytes, bytes.Length + 1);
            bytes[^1] = (byte)'\n';
            try
            {
                output.Write(bytes);
                output.Flush();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new OutputException(exception.Message, exception);
            }
        }
    }

    /// <summary>Makes the serializer ready for events, with one that is not written; the first takes it a tenth of a second.</summary>
    public static void Prepare(RunEvent sample) => JsonSerializer.SerializeToUtf8Bytes(new TrainerLine { Seq = 0, At = default, Event = sample }, SpecJson.Options);

    public void Notice(RunMessageCode code, params (string Name, object? Value)[] arguments) => Write(NoticeEvent.From(code, arguments));

    /// <summary>The number, or null when it is NaN or infinite.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
