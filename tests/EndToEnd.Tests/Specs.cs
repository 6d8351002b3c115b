namespace Trainyard.EndToEnd.Tests;

/// <summary>Specs that need no files and train in seconds.</summary>
internal static class Specs
{
    /// <summary>XOR: over in about a second.</summary>
    public static string Quick(string name) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end",
          "data": { "dataset": "xor" },
          "model": { "kind": "mlp", "dense": [8], "activation": "tanh" },
          "training": { "epochs": 20, "batchSize": 32 }
        }
        """;

    /// <summary>Small drawn images for so many epochs of about half a second.</summary>
    public static string Steady(string name, int epochs) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end",
          "data": { "dataset": { "name": "shapes", "trainSamples": 2000, "testSamples": 100 } },
          "model": { "kind": "mlp", "dense": [128] },
          "training": { "epochs": {{epochs}}, "batchSize": 64 }
        }
        """;
}
