using System.Text;
using Trainyard.Specs.Validation;

namespace Trainyard.Trainer.Tests;

/// <summary>Small specs in their short form.</summary>
internal static class TestSpecs
{
    /// <summary>XOR with one hidden layer; learns it completely.</summary>
    public const string Xor = """
        {
          "name": "xor", "seed": 3,
          "data": { "dataset": "xor", "validationFraction": 0.2, "seed": 3 },
          "model": { "kind": "mlp", "dense": [8], "activation": "tanh", "initialization": "xavier" },
          "training": { "epochs": 30, "batchSize": 32, "optimizer": { "name": "adam", "learningRate": 0.05 } }
        }
        """;

    /// <summary>The loss is not finite after a few updates.</summary>
    public const string Diverging = """
        {
          "data": { "dataset": "xor" },
          "model": { "kind": "mlp", "dense": [64, 64, 64], "activation": "relu", "initialization": "he" },
          "training": { "epochs": 50, "optimizer": { "name": "sgd", "learningRate": 100 } }
        }
        """;

    /// <summary>A network with every kind of state: convolution, batch norm, dropout, Adam, decoupled decay.</summary>
    public static string Shapes(int epochs = 4, string precision = "float32", int trainSamples = 600) => $$"""
        {
          "name": "shapes", "seed": 5,
          "data": { "dataset": { "name": "shapes", "trainSamples": {{trainSamples}}, "testSamples": 100 }, "validationFraction": 0.2, "seed": 5 },
          "model": {
            "kind": "cnn",
            "blocks": [{ "filters": 8, "kernel": 3, "stride": 2, "pool": "max" }, { "filters": 16, "kernel": 3, "pool": "average" }],
            "dense": [32], "activation": "relu", "initialization": "he",
            "batchNorm": { "position": "before" }, "dropout": { "conv": 0.1, "dense": 0.3 }
          },
          "training": {
            "epochs": {{epochs}}, "batchSize": 32, "precision": "{{precision}}", "evaluateTest": true,
            "optimizer": { "name": "adam", "learningRate": 0.002 }, "weightDecay": "decoupled"
          }
        }
        """;

    public static SpecReading Read(string json)
    {
        var reading = SpecReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.True(reading.IsValid, string.Join('\n', reading.Findings.Select(finding => $"{finding.Pointer}: {finding.Message}")));
        return reading;
    }

    public static string Sha256(string json) => Read(json).Spec!.Sha256();
}
