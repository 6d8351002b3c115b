using System.Diagnostics;
using Trainyard.Trainer.Observation;

namespace Trainyard.Trainer.Tests.Observation;

[Trait("Needs", "process")]
public sealed class PngImageTests
{
    [Theory]
    [InlineData(5, 3, 1)]
    [InlineData(4, 2, 3)]
    [InlineData(32, 32, 3)]
    public void Encode_AnyImage_ComesBackPixelByPixel(int width, int height, int channels)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height * channels).Select(index => (byte)(index * 37))];
        var image = PngFile.Read(PngImage.Encode(pixels, width, height));
        Assert.Equal((width, height, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(pixels, image.Pixels);
    }

    [Fact]
    public void Encode_Checksums_AreThoseOfAnotherProgram()
    {
        var file = PngImage.Encode([1, 2, 3, 4, 5, 6], 3, 2);
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], file[^4..]);  // of every IEND chunk

        // zlib's crc32 over each chunk, by Python.
        const string Check = "import sys,struct,zlib;f=sys.stdin.buffer.read();i=8\n"
            + "while i<len(f):\n n=struct.unpack('>I',f[i:i+4])[0];assert zlib.crc32(f[i+4:i+8+n])==struct.unpack('>I',f[i+8+n:i+12+n])[0];i+=12+n";
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Check]) { RedirectStandardInput = true, UseShellExecute = false })!;
        python.StandardInput.BaseStream.Write(file);
        python.StandardInput.Close();
        Assert.True(python.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, python.ExitCode);
    }
}
