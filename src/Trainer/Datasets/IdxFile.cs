using System.Buffers.Binary;
using System.IO.Compression;
using Trainyard.Specs.Events;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Datasets;

// A gzip-compressed IDX file of unsigned bytes: 0, 0, 8, number of dimensions, each dimension as a big-endian 32-bit number, then the values (format: the MNIST
// database's page by LeCun, Cortes, Burges).
internal static class IdxFile
{
    /// <summary>Reads the values of a file that must have exactly these dimensions.</summary>
    /// <exception cref="RunFailureException">The file cannot be read or is not what was expected.</exception>
    public static byte[] Read(string path, params ReadOnlySpan<int> dimensions)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var stream = new GZipStream(file, CompressionMode.Decompress);
            return Read(stream, path, dimensions);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(path, "a gzip-compressed IDX file", exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailureException(
                FailureClass.InvalidData, RunMessageCode.FileUnreadable, [("path", path), ("detail", exception.Message)], exception);
        }
    }

    private static byte[] Read(GZipStream stream, string path, ReadOnlySpan<int> dimensions)
    {
        var header = new byte[4 + (4 * dimensions.Length)];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || header[0] != 0 || header[1] != 0 || header[2] != 8)
        {
            throw Damaged(path, "an IDX header of unsigned bytes (00 00 08)", Convert.ToHexStringLower(header.AsSpan(0, 4)));
        }

        var found = new int[dimensions.Length];
        for (var index = 0; index < found.Length; index++)
        {
            found[index] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + (4 * index)));
        }

        if (header[3] != dimensions.Length || !dimensions.SequenceEqual(found))
        {
            throw Damaged(path, $"the dimensions {string.Join(" x ", dimensions.ToArray())}", $"{header[3]} dimensions, {string.Join(" x ", found)}");
        }

        var values = new byte[found.Aggregate(1, (product, side) => product * side)];
        var read = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        if (read < values.Length)
        {
            throw Damaged(path, $"{values.Length} values", $"{read} before the end of the file");
        }

        // Reading to the end also checks the checksum in the gzip trailer.
        if (stream.ReadByte() != -1)
        {
            throw Damaged(path, $"{values.Length} values", "more");
        }

        return values;
    }

    public static RunFailureException Damaged(string path, string expected, string actual, Exception? cause = null) => new(
        FailureClass.InvalidData, RunMessageCode.FileDamaged, [("path", path), ("expected", expected), ("found", actual)], cause);
}
