using System.Diagnostics;
using System.Text;
using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Tests.Setup;

/// <summary>The native libraries in the trainer's output: which systems load them, and what the trainer reports when one does not load.</summary>
[Trait("Needs", "process")]
public sealed class NativeLibrariesTests
{
    private const string Binding = "libLibTorchSharp.so";

    private static readonly string Native = Path.Combine(Path.GetDirectoryName(TrainerProcess.Executable)!, "runtimes", "linux-x64", "native");

    // What Debian 12, Ubuntu 22.04 and RHEL 9 all have.
    private static readonly Dictionary<string, Version> Available = new()
    {
        ["GLIBCXX"] = new Version(3, 4, 30),
        ["CXXABI"] = new Version(1, 3, 13),
        ["GLIBC"] = new Version(2, 34),
    };

    [Fact]
    public void Needs_OfTheBuiltBinding_AreMetByOlderSystemsOrWeak()
    {
        var needs = VersionNeeds(Path.Combine(Native, Binding));
        var newer = needs.Where(need => need.Name.Split('_', 2) is [var family, var version]
            && Available.TryGetValue(family, out var available) && Version.TryParse(version, out var needed) && needed > available).ToList();
        Assert.Contains(needs, need => need.Name == "GLIBC_2.2.5");
        Assert.Equal(["GLIBCXX_3.4.32"], newer.Select(need => need.Name));
        Assert.All(newer, need => Assert.True(need.IsWeak, $"{need.Name} is not weak."));
    }

    [Theory]
    [InlineData("libgomp", "libgomp-[0-9a-f]+\\.so\\.1 is missing: libtorch_cpu\\.so needs it\\.")]
    [InlineData("libc10.so", "libc10\\.so is missing\\.")]
    [InlineData(Binding, "libLibTorchSharp\\.so is missing")]
    public Task Load_MissingLibrary_NamesIt(string prefix, string message) => AssertReportsAsync(
        folder => File.Delete(Directory.GetFiles(folder, prefix + "*").Single()), message);

    [Fact]
    public Task Load_DamagedLibrary_NamesIt() => AssertReportsAsync(
        folder => Replace(Path.Combine(folder, "libc10.so"), "no library"u8.ToArray()), "libc10\\.so cannot be loaded: .*libc10\\.so: file too short");

    [Fact]
    public Task Load_OldSystemLibrary_NamesTheVersionThatIsNeeded() => AssertReportsAsync(
        folder =>
        {
            // As if this system's libstdc++ were older than the library.
            var path = Path.Combine(folder, Binding);
            var bytes = File.ReadAllBytes(path);
            var at = bytes.AsSpan().IndexOf("GLIBCXX_3.4.21\0"u8);
            "GLIBCXX_9.9.99"u8.CopyTo(bytes.AsSpan(at));
            Replace(path, bytes);
        },
        "libstdc\\+\\+\\.so\\.6 is too old: libLibTorchSharp\\.so needs GLIBCXX_9\\.9\\.99\\.");

    // `trainer info` and a run, with an output whose native libraries are changed.
    private static async Task AssertReportsAsync(Action<string> change, string message)
    {
        using var folder = new TemporaryFolder();
        var trainer = CopyOutput(folder, change);

        using var info = Process.Start(new ProcessStartInfo(trainer, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = await info.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await info.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, info.ExitCode);
        Assert.Matches($"^The tensor engine cannot be loaded: .*{message}", errors.Split('\n')[0]);

        await using var run = TrainerProcess.Start(new ProcessStartInfo(trainer, ["train", "--spec", folder.Write("spec.json", TestSpecs.Xor), "--out", folder.File("run")]));
        await run.ExpectExitAsync(1);
        var failed = Assert.IsType<FailedEvent>(run.Lines[^1].Event);
        Assert.Equal((FailureClass.Unsupported, RunMessageCode.EngineNotLoaded), (failed.Class, failed.Code));
        Assert.Matches(message, failed.Message);
    }

    // The large native libraries are links; dlopen looks for their neighbors beside the link.
    private static string CopyOutput(TemporaryFolder folder, Action<string> change)
    {
        var (source, target) = (Path.GetDirectoryName(TrainerProcess.Executable)!, folder.File("trainer"));
        var native = Path.Combine(target, "runtimes", "linux-x64", "native");
        Directory.CreateDirectory(native);
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (var file in Directory.GetFiles(Native))
        {
            File.CreateSymbolicLink(Path.Combine(native, Path.GetFileName(file)), file);
        }

        change(native);
        return Path.Combine(target, Path.GetFileName(TrainerProcess.Executable));
    }

    private static void Replace(string path, byte[] content)
    {
        File.Delete(path);
        File.WriteAllBytes(path, content);
    }

    // .gnu.version_r of an ELF64 file (LSB Core, "Symbol Versioning").
    private static List<(string Name, bool IsWeak)> VersionNeeds(string path)
    {
        const int VersionNeed = 0x6ffffffe, SectionSize = 64, Weak = 2;
        using var reader = new BinaryReader(File.OpenRead(path), Encoding.ASCII);
        var (start, count) = (At<long>(0x28, reader.ReadInt64), At<short>(0x3c, reader.ReadInt16));
        var section = Enumerable.Range(0, count).Select(index => start + (SectionSize * index)).Single(at => At(at + 4, reader.ReadInt32) == VersionNeed);
        var names = OffsetOf(start + (SectionSize * At(section + 0x28, reader.ReadInt32)));
        var needs = new List<(string, bool)>();
        for (long file = OffsetOf(section), next = -1; next != 0; file += next)
        {
            next = At(file + 12, reader.ReadInt32);
            for (long need = file + At(file + 8, reader.ReadInt32), nextNeed = -1; nextNeed != 0; need += nextNeed)
            {
                nextNeed = At(need + 12, reader.ReadInt32);
                var isWeak = (At(need + 4, reader.ReadUInt16) & Weak) != 0;
                needs.Add((Text(names + At(need + 8, reader.ReadInt32)), isWeak));
            }
        }

        return needs;

        long OffsetOf(long header) => At(header + 0x18, reader.ReadInt64);

        T At<T>(long position, Func<T> read)
        {
            reader.BaseStream.Position = position;
            return read();
        }

        string Text(long position)
        {
            reader.BaseStream.Position = position;
            var text = new StringBuilder();
            while (reader.ReadByte() is not 0 and var character)
            {
                text.Append((char)character);
            }

            return text.ToString();
        }
    }
}
