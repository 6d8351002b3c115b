using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;

namespace Trainyard.Trainer.Events;

/// <summary>Emits a notice: a message that does not end the run.</summary>
internal delegate void NoticeWriter(RunMessageCode code, params (string Name, object? Value)[] arguments);

/// <summary>Writes run events as JSON lines, numbered from 1, each flushed at once, from any thread. The only way out of the training loop.</summary>
internal sealed class EventWriter(Stream output, TimeProvider time)
{
    private readonly Lock gate = new();
    private long written;

    /// <summary>Writes one event.</summary>
    public void Write(RunEvent runEvent)
    {
        lock (gate)
        {
            var line = new TrainerLine { Seq = ++written, At = time.GetUtcNow(), Event = runEvent };
            var bytes = JsonSerializer.SerializeToUtf8Bytes(line, SpecJson.Options);
            Array.Resize(ref bytes, bytes.Length + 1);
            bytes[^1] = (byte)'\n';
            output.Write(bytes);
            output.Flush();
        }
    }

    /// <summary>Writes a notice.</summary>
    public void Notice(RunMessageCode code, params (string Name, object? Value)[] arguments)
    {
        var named = MessageArguments.Of(arguments);
        Write(new NoticeEvent { Code = code, Arguments = named, Message = RunMessageText.From(code, named) });
    }

    /// <summary>The number, or null when it is NaN or infinite, as events want it.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
