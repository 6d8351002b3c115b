using System.Security.Cryptography;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Events;

namespace Trainyard.Trainer.Tests.Checkpoints;

public sealed class CheckpointStoreTests
{
    private static readonly ExperimentSpec Spec = TestSpecs.Read(TestSpecs.Xor).Spec!;

    [Fact]
    public void Restore_AfterSave_GivesEveryValueBack()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var store = Open(folder);
        // Channels last in memory, as filters are.
        var filters = randn(4, 3, 3, 2).permute(0, 3, 1, 2);
        var cursor = Cursor.Start with { Epoch = 2, StepInEpoch = 3, Step = 13, LossSum = 0.1 + 0.2, Correct = 7, BestEpoch = 1, BestAccuracy = 1 / 3.0 };
        var saved = store.Save(Header(cursor), [("a", filters), ("b", tensor(new[] { 1.5, double.MaxValue }))]);

        var (a, b) = (zeros(4, 3, 3, 2).permute(0, 3, 1, 2), zeros(2, ScalarType.Float64));
        var header = store.Restore(Spec, [("a", a), ("b", b)], (_, _) => Assert.Fail("No notice was expected."))!;
        Assert.Equal(cursor, header.Cursor);
        Assert.Equal(0, (a - filters).abs().max().item<float>());
        Assert.Equal([1.5, double.MaxValue], b.data<double>().ToArray());
        var path = Path.Combine(folder.Path, saved.File);
        Assert.Equal("checkpoints/step-0000000013.safetensors", saved.File);
        Assert.Equal(new FileInfo(path).Length, saved.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), saved.Sha256);
    }

    [Fact]
    public void Save_ManyTimes_KeepsTheNewestTwo()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var store = Open(folder);
        foreach (var step in new long[] { 1, 2, 30, 1000 })
        {
            store.Save(Header(Cursor.Start with { Step = step }), [("a", ones(2))]);
        }

        Assert.Equal(
            ["step-0000000030.safetensors", "step-0000001000.safetensors"],
            Directory.GetFiles(folder.File("checkpoints")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("other")]
    public void Restore_NewestDamaged_FallsBackToTheOlderWithANotice(string damage)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var store = Open(folder);
        store.Save(Header(Cursor.Start with { Step = 1 }), [("a", ones(100))]);
        var newest = Path.Combine(folder.Path, store.Save(Header(Cursor.Start with { Step = 2 }), [("a", zeros(100))]).File);
        var bytes = File.ReadAllBytes(newest);
        switch (damage)
        {
            case "flip":
                bytes[bytes.Length / 2] ^= 1;
                break;
            case "cut":
                bytes = bytes[..^100];
                break;
            case "empty":
                bytes = [];
                break;
            default:
                bytes = "This is not a checkpoint at all, but a text of some length."u8.ToArray();
                break;
        }

        File.WriteAllBytes(newest, bytes);
        var notices = new List<string>();
        var values = zeros(100);
        var header = store.Restore(Spec, [("a", values)], (code, arguments) => notices.Add(RunMessageText.From(code, MessageArguments.From(arguments))));
        Assert.Equal(1, header?.Cursor.Step);
        Assert.Equal(100, values.sum().item<float>());
        Assert.Contains("step-0000000002.safetensors is damaged", Assert.Single(notices), StringComparison.Ordinal);
        Assert.Equal(1, Open(folder).Restore(Spec, [("a", values)], (_, _) => Assert.Fail("It was set aside."))?.Cursor.Step);
    }

    [Fact]
    public void Restore_EventOfNewestWasLost_RestoresTheKnownOneAndRemovesTheOther()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var store = Open(folder);
        store.Save(Header(Cursor.Start with { Step = 10 }), [("a", ones(2))]);
        store.Save(Header(Cursor.Start with { Step = 20 }), [("a", ones(2) * 2)]);
        var values = zeros(2);

        Assert.Equal(10, store.Restore(Spec, [("a", values)], (_, _) => Assert.Fail("No notice was expected."), knownStep: 10)?.Cursor.Step);
        Assert.Equal(2, values.sum().item<float>());
        Assert.Equal(10, store.Restore(Spec, [("a", values)], (_, _) => { })?.Cursor.Step);
    }

    [Fact]
    public void Restore_NoEventOfAnyWasReceived_StartsFromTheBeginning()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var store = Open(folder);
        store.Save(Header(Cursor.Start with { Step = 10 }), [("a", ones(2))]);

        Assert.Null(store.Restore(Spec, [("a", zeros(2))], (_, _) => Assert.Fail("No notice was expected."), knownStep: 0));
        Assert.Null(store.Restore(Spec, [("a", zeros(2))], (_, _) => Assert.Fail("It was removed.")));
    }

    [Fact]
    public void Restore_OnlyUnknownOnesAreLeft_TakesTheNewestWithANotice()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var store = Open(folder);
        store.Save(Header(Cursor.Start with { Step = 10 }), [("a", ones(2))]);
        store.Save(Header(Cursor.Start with { Step = 20 }), [("a", ones(2))]);
        var notices = new List<string>();

        Assert.Equal(20, store.Restore(Spec, [("a", zeros(2))], (code, arguments) => notices.Add(RunMessageText.From(code, MessageArguments.From(arguments))), knownStep: 5)?.Cursor.Step);
        Assert.Contains("were not recorded", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_OtherSpec_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var store = Open(folder);
        store.Save(Header(Cursor.Start), [("a", ones(2))]);
        Assert.Throws<UnusableCheckpointException>(() => store.Restore(Spec with { Seed = 4 }, [("a", ones(2))], (_, _) => { }));
    }

    [Fact]
    public void Prepare_HalfWrittenFile_IsRemoved()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("checkpoints"));
        File.WriteAllText(folder.File("checkpoints/step-0000000009.safetensors.tmp"), "half");
        Open(folder);
        Assert.Empty(Directory.GetFiles(folder.File("checkpoints")));
    }

    [Fact]
    public void Prepare_FolderCannotBeCreated_FailsAsStorageAndNamesIt()
    {
        using var folder = new TemporaryFolder();
        folder.Write("checkpoints", "a file where the folder should be");
        var failure = Assert.Throws<RunFailureException>(() => Open(folder));
        Assert.Equal(FailureClass.Storage, failure.Class);
        Assert.Contains(folder.File("checkpoints"), failure.Message, StringComparison.Ordinal);
    }

    private static CheckpointStore Open(TemporaryFolder folder)
    {
        var store = new CheckpointStore(folder.Path);
        store.Prepare();
        return store;
    }

    private static CheckpointHeader Header(Cursor cursor) =>
        new() { Spec = CheckpointHeader.ToJson(Spec), Threads = 2, Engine = "test", Cursor = cursor };
}
