namespace Trainyard.EndToEnd.Tests;

/// <summary>Specs that need no files and train in seconds.</summary>
internal static class Specs
{
    /// <summary>XOR: trains in about a second.</summary>
    public static string Quick(string name) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end",
          "data": { "dataset": "xor" },
          "model": { "kind": "mlp", "dense": [8], "activation": "tanh" },
          "training": { "epochs": 20, "batchSize": 32 }
        }
        """;

    public static string Xor(string name, string optimizer, int seed, int epochs = 20) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end", "seed": {{seed}},
          "data": { "dataset": "xor" },
          "model": { "kind": "mlp", "dense": [8], "activation": "tanh" },
          "training": { "epochs": {{epochs}}, "batchSize": 32, "optimizer": "{{optimizer}}" }
        }
        """;

    /// <summary>Three runs to compare: two seeds of one optimizer, and another optimizer.</summary>
    public static string[] Compared(string kind) =>
        [Xor(ComparedNames(kind)[0], "sgd", 1), Xor(ComparedNames(kind)[1], "adam", 1), Xor(ComparedNames(kind)[2], "adam", 2)];

    public static string[] ComparedNames(string kind) => [$"{kind} sgd 1", $"{kind} adam 1", $"{kind} adam 2"];

    /// <summary>XOR with settings that differ from the others' in much.</summary>
    public static string Elaborate(string name) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end",
          "data": { "dataset": "xor" },
          "model": { "kind": "mlp", "dense": [6, 4], "activation": "relu", "initialization": "he", "dropout": { "dense": 0.1 } },
          "training": { "epochs": 10, "batchSize": 16, "optimizer": "adam", "weightDecay": "decoupled", "schedule": "cosine" }
        }
        """;

    /// <summary>Small drawn images for so many epochs of about half a second.</summary>
    public static string Steady(string name, int epochs, int trainSamples = 2000) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end",
          "data": { "dataset": { "name": "shapes", "trainSamples": {{trainSamples}}, "testSamples": 100 } },
          "model": { "kind": "mlp", "dense": [128] },
          "training": { "epochs": {{epochs}}, "batchSize": 64, "optimizer": { "name": "sgd", "learningRate": 0.01 } }
        }
        """;

    /// <summary>A small network with a convolution on drawn images: trains in about a second.</summary>
    public static string Convolution(string name) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end",
          "data": { "dataset": { "name": "shapes", "trainSamples": 200, "testSamples": 100 } },
          "model": { "kind": "cnn", "blocks": [{ "filters": 4 }, { "filters": 100 }], "dense": [16] },
          "training": { "epochs": 1, "batchSize": 50 }
        }
        """;

    /// <summary>A study of two optimizers on XOR, with a run each.</summary>
    public static string Study(string name) =>
        $$"""
        {
          "name": "{{name}}", "spec": {{Quick(name)}},
          "parameters": [{ "name": "optimizer", "pointers": ["/training/optimizer"], "kind": "categorical", "values": ["sgd", "adam"] }],
          "method": { "name": "grid" }, "seeds": 1
        }
        """;

    /// <summary>A learning rate so high that the loss is not finite after a few steps.</summary>
    public static string Diverging(string name) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end",
          "data": { "dataset": { "name": "shapes", "trainSamples": 1000, "testSamples": 100 } },
          "model": { "kind": "mlp", "dense": [64, 64] },
          "training": { "epochs": 3, "batchSize": 64, "optimizer": { "name": "sgd", "learningRate": 50 } }
        }
        """;

    /// <summary>Ten sigmoid layers: the gradient of the first is gone before the first step, and a finding reports it.</summary>
    public static string Vanishing(string name) =>
        $$"""
        {
          "name": "{{name}}", "experiment": "end to end",
          "data": { "dataset": { "name": "shapes", "trainSamples": 200, "testSamples": 100 } },
          "model": { "kind": "mlp", "dense": [16, 16, 16, 16, 16, 16, 16, 16, 16, 16], "activation": "sigmoid" },
          "training": { "epochs": 1, "batchSize": 32 }
        }
        """;
}
