using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Workers;

/// <summary>Reads a trainer's standard output for one run: one JSON line per event, numbered from 1 without gaps.</summary>
internal sealed class TrainerOutput(Stream output)
{
    /// <summary>Length of a line at most. The longest real line, a layer table of hundreds of rows, has well under 200 kB.</summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>The exit code, if a trainer that goes on to wait has written one after the last event; else null: the process has ended.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The events, in order. A last line without a line end, as a killed process leaves it, is dropped.</summary>
    /// <exception cref="TrainerProtocolException">A line is too long, is not an event, or is out of order.</exception>
    public async IAsyncEnumerable<TrainerLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The pipe stops reading at its threshold, so a trainer whose events cannot be stored is held back by the operating system.
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
                    if (EndOf(buffer.Slice(0, end)) is { } exitCode)
                    {
                        ExitCode = exitCode;
                        yield break;
                    }

                    var line = Parse(buffer.Slice(0, end));
                    if (line.Seq != expected)
                    {
                        throw new TrainerProtocolException($"Expected seq {expected}, found {line.Seq}.");
                    }

                    expected++;
                    yield return line;
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                }

                if (buffer.Length > MaxLineBytes)
                {
                    throw new TrainerProtocolException($"A line is longer than {MaxLineBytes} bytes.");
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

    // The exit code of a line that marks the end of the output; null: it is another line.
    private static int? EndOf(in ReadOnlySequence<byte> line) =>
        line.FirstSpan is [(byte)TrainerOrder.EndMark, ..] && int.TryParse(line.Slice(1).ToArray(), CultureInfo.InvariantCulture, out var exitCode) ? exitCode : null;

    private static TrainerLine Parse(in ReadOnlySequence<byte> line)
    {
        if (line.Length > MaxLineBytes)
        {
            throw new TrainerProtocolException($"A line is longer than {MaxLineBytes} bytes.");
        }

        try
        {
            var json = new Utf8JsonReader(line);
            return JsonSerializer.Deserialize<TrainerLine>(ref json, SpecJson.Options)
                ?? throw new TrainerProtocolException("A line is null instead of an event.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            var text = Encoding.UTF8.GetString(line.Slice(0, Math.Min(200, line.Length)));
            throw new TrainerProtocolException($"A line is not an event: {text}", exception);
        }
    }
}

/// <summary>A trainer wrote invalid output; nothing that follows can be trusted.</summary>
internal sealed class TrainerProtocolException(string message, Exception? innerException = null) : Exception(message, innerException);
