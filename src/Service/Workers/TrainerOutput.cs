using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Workers;

/// <summary>Reads a trainer's standard output: one JSON line per event, numbered from 1 without gaps.</summary>
internal static class TrainerOutput
{
    /// <summary>Length of a line at most. The longest real line, a layer table of hundreds of rows, has well under 200 kB.</summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>The events, in order. A last line without its end is what a killed process leaves and is dropped.</summary>
    /// <exception cref="TrainerProtocolException">A line is too long, is no event, or is out of order.</exception>
    public static async IAsyncEnumerable<TrainerLine> ReadAsync(Stream output, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The pipe stops reading at its threshold, so a trainer whose lines nobody takes is held back by the operating system.
        var reader = PipeReader.Create(output, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        var expected = 1L;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var line = Parse(buffer.Slice(0, end));
                    if (line.Seq != expected)
                    {
                        throw new TrainerProtocolException($"The trainer's lines are not in order: seq {line.Seq} came where {expected} was due.");
                    }

                    expected++;
                    yield return line;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (buffer.Length > MaxLineBytes)
                {
                    throw new TrainerProtocolException($"The trainer wrote a line of more than {MaxLineBytes} bytes.");
                }

                if (read.IsCompleted)
                {
                    yield break;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static TrainerLine Parse(in ReadOnlySequence<byte> line)
    {
        if (line.Length > MaxLineBytes)
        {
            throw new TrainerProtocolException($"The trainer wrote a line of more than {MaxLineBytes} bytes.");
        }

        try
        {
            var json = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize<TrainerLine>(ref json, SpecJson.Options)
                ?? throw new TrainerProtocolException("The trainer wrote null where an event was due.");
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            var text = Encoding.UTF8.GetString(line.Slice(0, Math.Min(200, line.Length)));
            throw new TrainerProtocolException($"The trainer wrote a line that is no event: {text}", problem);
        }
    }
}
