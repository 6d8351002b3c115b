using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Trainyard.Service.Tests.SpecChecks;

/// <summary>200 damaged specs: each is rejected with a 4xx and a reason, and leaves no row.</summary>
[Trait("Needs", "database")]
public sealed class MutatedSpecTests(DatabaseServer server)
{
    private const int Seed = 20261121;
    private const int Count = 200;

    private const string Whole =
        """
        {
          "version": 1, "name": "whole", "experiment": "mutations", "seed": 7,
          "data": { "dataset": { "name": "shapes", "trainSamples": 1000, "testSamples": 200, "noise": 0.2 }, "validationFraction": 0.2, "trainLimit": 500 },
          "model": {
            "kind": "cnn",
            "blocks": [ { "filters": 8, "convolutions": 2, "kernel": 3, "stride": 1, "padding": 1, "pool": "max", "poolSize": 2 } ],
            "globalPool": "average", "dense": [32], "activation": { "name": "leaky_relu", "slope": 0.1 }, "initialization": "he",
            "batchNorm": { "position": "before", "momentum": 0.1, "epsilon": 1e-5 }, "dropout": { "conv": 0.1, "dense": 0.5 }
          },
          "training": {
            "epochs": 2, "batchSize": 64, "optimizer": { "name": "adam", "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8 },
            "weightDecay": "l2", "precision": "float32", "device": "cpu", "evaluateTest": false, "timeLimitSeconds": 600
          }
        }
        """;

    private static readonly (string Name, Func<Random, byte[]> Make)[] Mutations =
    [
        ("wrong type", random => Changed(random, leaf => leaf is JsonValue value && value.GetValueKind() is System.Text.Json.JsonValueKind.String
            ? JsonValue.Create(random.Next(1000)) : new JsonArray("wrong", 1))),
        ("object for a value", random => Changed(random, _ => new JsonObject { ["name"] = new JsonObject() })),
        ("missing", random => Removed(random, (string[])["/data", "/model", "/data/dataset", "/model/kind", "/model/blocks", "/model/blocks/0/filters"])),
        ("extra", random => Added(random, $"member{random.Next()}")),
        ("nearly right name", random => Added(random, "Epochs")),
        ("below the range", random => Changed(random, _ => JsonValue.Create(-1 - random.NextDouble()), numbersOnly: true)),
        ("above the range", random => Changed(random, _ => JsonValue.Create(1e12 * (1 + random.NextDouble())), numbersOnly: true)),
        ("huge number", random => Text(random, (_, _) => $"{random.Next(1, 9)}e{random.Next(400, 99999)}")),
        ("very long number", random => Text(random, (_, _) => new string('9', random.Next(400, 5000)))),
        ("fraction for a whole number", random => Changed(random, _ => JsonValue.Create(1.5 + random.Next(100)), numbersOnly: true, wholeOnly: true)),
        ("NaN", random => Text(random, (_, _) => (string[])["NaN", "Infinity", "-Infinity", "nan", "1.#IND"] is { } words ? words[random.Next(words.Length)] : "")),
        ("huge string", random => Changed(random, _ => JsonValue.Create(new string('ä', random.Next(1_000, 60_000))))),
        ("control characters", random => Changed(random, _ => JsonValue.Create($"a\u0000b\u0007{random.Next()}"))),
        ("lone surrogate", random => Text(random, (_, _) => "\"\\ud8" + random.Next(10, 99) + "\"")),
        ("huge array", random => Replaced("/model/dense", new JsonArray([.. Enumerable.Range(0, random.Next(1_000, 20_000)).Select(_ => (JsonNode)16)]))),
        ("many blocks", random => Replaced("/model/blocks", new JsonArray([.. Enumerable.Range(0, random.Next(100, 2_000)).Select(_ => (JsonNode)new JsonObject { ["filters"] = 4 })]))),
        ("deep nesting", random => Nested(random.Next(40, 50_000), random.Next(2) == 0)),
        ("truncated", random => Encoding.UTF8.GetBytes(Whole)[..random.Next(0, Encoding.UTF8.GetByteCount(Whole) - 1)]),
        ("UTF-16", random => Encoding.Unicode.GetBytes(random.Next(2) == 0 ? Whole : $"\uFEFF{Whole}")),
        ("invalid UTF-8", random => Broken(random)),
        ("duplicate member", random => Encoding.UTF8.GetBytes(Whole.Replace("\"seed\": 7", $"\"seed\": 7, \"seed\": {random.Next(9)}", StringComparison.Ordinal))),
        ("another root", random => Encoding.UTF8.GetBytes((string[])["null", "[]", "1", "\"spec\"", "true", "[[]]"] is { } roots ? roots[random.Next(roots.Length)] : "")),
        ("comment", random => Text(random, (_, old) => $"/* {random.Next()} */ {old}")),
        ("impossible shape", random => Replaced("/model/blocks", new JsonArray([.. Enumerable.Range(0, 8 + random.Next(9)).Select(_ => (JsonNode)new JsonObject { ["filters"] = 4, ["poolSize"] = 4 })]))),
        ("too large", random => Encoding.UTF8.GetBytes(new string(' ', (256 * 1024) + random.Next(1, 100_000)) + Whole)),
    ];

    [Fact]
    public async Task Submit_MutatedSpec_IsRefusedAndLeavesNoRow()
    {
        await using var app = await TestApp.StartAsync(server);
        var random = new Random(Seed);
        List<string> wrong = [];
        for (var i = 0; i < Count; i++)
        {
            var (name, make) = Mutations[i % Mutations.Length];
            var body = make(random);
            var (status, problem, _) = await app.Http.PostBytesAsync("/api/v1/runs", body);
            var refused = (int)status is 400 or 413 or 422 && problem?["type"] is not null && problem["detail"] is not null;
            var explained = status != HttpStatusCode.UnprocessableEntity || problem!["findings"]!.AsArray().Count > 0;
            if (!refused || !explained)
            {
                wrong.Add($"{i} {name}: {(int)status} for {Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 1500))}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        await using var count = app.DataSource.CreateCommand("select (select count(*) from runs) + (select count(*) from run_events)");
        Assert.Equal(0L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Submit_TheWholeSpec_IsAccepted()
    {
        // Else the mutations would prove nothing.
        await using var app = await TestApp.StartAsync(server);

        await app.Http.SubmitAsync(Whole);
    }

    private static JsonNode Tree() => JsonNode.Parse(Whole)!;

    private static byte[] Bytes(JsonNode tree) => Encoding.UTF8.GetBytes(tree.ToJsonString());

    // Every value of the spec that is neither object nor array.
    private static List<JsonNode> Leaves(JsonNode node) => node switch
    {
        JsonObject parent => [.. parent.SelectMany(member => member.Value is null ? [] : Leaves(member.Value))],
        JsonArray list => [.. list.SelectMany(item => item is null ? [] : Leaves(item))],
        _ => [node],
    };

    private static byte[] Changed(Random random, Func<JsonNode, JsonNode> change, bool numbersOnly = false, bool wholeOnly = false)
    {
        var tree = Tree();
        var leaves = Leaves(tree).Where(leaf => !numbersOnly || leaf.GetValueKind() == System.Text.Json.JsonValueKind.Number)
            .Where(leaf => !wholeOnly || (!leaf.ToJsonString().Contains('.', StringComparison.Ordinal) && !leaf.ToJsonString().Contains('e', StringComparison.Ordinal)
                && !leaf.GetPath().EndsWith("timeLimitSeconds", StringComparison.Ordinal))).ToList();
        var chosen = leaves[random.Next(leaves.Count)];
        Put(chosen, change(chosen));
        return Bytes(tree);
    }

    private static void Put(JsonNode old, JsonNode replacement)
    {
        if (old.Parent is JsonObject parent)
        {
            parent[old.GetPropertyName()] = replacement;
        }
        else
        {
            old.Parent!.AsArray()[old.GetElementIndex()] = replacement;
        }
    }

    private static JsonNode At(JsonNode tree, string pointer) => pointer.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(tree, (node, step) => node is JsonArray list ? list[int.Parse(step)]! : node[step]!);

    private static byte[] Replaced(string pointer, JsonNode replacement)
    {
        var tree = Tree();
        Put(At(tree, pointer), replacement);
        return Bytes(tree);
    }

    private static byte[] Removed(Random random, string[] pointers)
    {
        var tree = Tree();
        var node = At(tree, pointers[random.Next(pointers.Length)]);
        node.Parent!.AsObject().Remove(node.GetPropertyName());
        return Bytes(tree);
    }

    private static byte[] Added(Random random, string name)
    {
        var tree = Tree();
        JsonObject[] objects = [tree.AsObject(), .. Leaves(tree).Select(leaf => leaf.Parent).OfType<JsonObject>()];
        objects[random.Next(objects.Length)][name] = random.Next();
        return Bytes(tree);
    }

    // Puts text in the place of a value, JSON or not.
    private static byte[] Text(Random random, Func<Random, string, string> change)
    {
        const string Mark = "\"@mark@\"";
        var tree = Tree();
        var leaves = Leaves(tree);
        var chosen = leaves[random.Next(leaves.Count)];
        var old = chosen.ToJsonString();
        Put(chosen, JsonValue.Create("@mark@"));
        return Encoding.UTF8.GetBytes(tree.ToJsonString().Replace(Mark, change(random, old), StringComparison.Ordinal));
    }

    private static byte[] Nested(int depth, bool arrays) => Encoding.UTF8.GetBytes(
        arrays
            ? "{\"data\":" + new string('[', depth) + new string(']', depth) + "}"
            : string.Concat(Enumerable.Repeat("{\"data\":", Math.Min(depth, 20_000))) + "1" + new string('}', Math.Min(depth, 20_000)));

    private static byte[] Broken(Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        bytes[random.Next(bytes.Length)] = (byte)random.Next(0xF8, 0x100);
        return bytes;
    }
}
