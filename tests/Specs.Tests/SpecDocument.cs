using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Specs.Validation;

namespace Trainyard.Specs.Tests;

/// <summary>Documents to read: a valid CNN, and changes to it.</summary>
internal static class SpecDocument
{
    public const string Cnn =
        """
        {
          "name": "test",
          "data": { "dataset": "fashion-mnist" },
          "model": { "kind": "cnn", "blocks": [ { "filters": 8 }, { "filters": 16, "convolutions": 2 } ], "dense": [32], "batchNorm": true },
          "training": { "optimizer": { "name": "momentum", "learningRate": 0.1 }, "weightDecay": "l2" }
        }
        """;

    public static SpecReading Read(string json) => SpecReader.Read(Encoding.UTF8.GetBytes(json));

    public static SpecReading ReadChanged(Action<JsonObject> change)
    {
        var document = JsonNode.Parse(Cnn)!.AsObject();
        change(document);
        return Read(document.ToJsonString());
    }
}
