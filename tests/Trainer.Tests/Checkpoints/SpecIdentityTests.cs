using System.Text.Json.Nodes;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;

namespace Trainyard.Trainer.Tests.Checkpoints;

public sealed class SpecIdentityTests
{
    private static readonly ExperimentSpec Spec = TestSpecs.Read(TestSpecs.Xor).Spec!;

    [Fact]
    public void Continues_SpecOfAnEarlierVersion_WithoutAMemberThatCameSince() =>
        Assert.True(SpecIdentity.Of(Spec).Continues(SavedBy(document => document["data"]!.AsObject().Remove("labelNoise"))));

    [Fact]
    public void Continues_OtherNumberOfEpochs() =>
        Assert.True(SpecIdentity.Of(Spec).Continues(SavedBy(document => document["training"]!["epochs"] = 60)));

    [Fact]
    public void Continues_OtherSeed_Not() =>
        Assert.False(SpecIdentity.Of(Spec).Continues(SavedBy(document => document["seed"] = 4)));

    [Fact]
    public void Of_FileWithoutSpec_GoesByItsHashes()
    {
        var header = Header(null) with { SpecSha256 = SpecJson.Sha256(Spec) };

        Assert.True(SpecIdentity.Of(Spec).Continues(SpecIdentity.Of(header)));
        Assert.False(SpecIdentity.Of(Spec).Continues(SpecIdentity.Of(header with { SpecSha256 = "other" })));
    }

    // The hashes are those of another canonical form, as an earlier version wrote them.
    private static SpecIdentity SavedBy(Action<JsonObject> change)
    {
        var document = JsonNode.Parse(SpecJson.Write(Spec))!.AsObject();
        change(document);
        return SpecIdentity.Of(Header(document.ToJsonString()));
    }

    private static CheckpointHeader Header(string? spec) =>
        new() { SpecSha256 = "a1", ContinuationSha256 = "b2", Spec = spec, Threads = 2, Engine = "test", Cursor = Cursor.Start, Tensors = [] };
}
