using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Catalog;

namespace Trainyard.Trainer.Tests.Layers;

// Draws random specs from the whole catalog; most are valid. Small, so that a step takes milliseconds.
// extreme: numbers are drawn at the ends of their ranges and between, instead of the defaults.
internal sealed class RandomSpecs(int seed, bool extreme = false)
{
    private readonly System.Random random = new(seed);

    public string Next()
    {
        var isImage = Chance(0.6);
        var spec = new JsonObject { ["seed"] = random.Next(1000), ["data"] = Data(isImage), ["model"] = Model(isImage), ["training"] = Training() };
        return spec.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private JsonObject Data(bool isImage)
    {
        // The sets of files have the shapes of 'shapes' or less, and would take seconds to read.
        var name = isImage ? "shapes" : Pick("xor", "circles", "moons", "spiral", "blobs", "mixture");
        var dataset = Technique(TechniqueKind.Dataset, name);
        dataset["trainSamples"] = 120;
        dataset["testSamples"] = 100;
        var data = new JsonObject { ["dataset"] = dataset, ["trainLimit"] = random.Next(12, 40), ["labelNoise"] = Chance(0.3) ? 0.2 : 0.0 };
        if (Chance(0.5))
        {
            data["validationCount"] = random.Next(12, 40);
        }

        if (isImage && Chance(0.5))
        {
            data["augmentation"] = new JsonObject { ["flip"] = Chance(0.5), ["crop"] = random.Next(0, 5), ["cutout"] = random.Next(0, 12), ["testTimeFlip"] = Chance(0.3) };
        }

        return data;
    }

    private JsonObject Model(bool isImage)
    {
        var model = new JsonObject
        {
            ["activation"] = Technique(TechniqueKind.Activation),
            ["initialization"] = Technique(TechniqueKind.Initialization),
            ["dropout"] = new JsonObject { ["conv"] = Chance(0.3) ? Wild(0.2, 0.95) : 0, ["dense"] = Chance(0.3) ? Wild(0.4, 0.95) : 0 },
        };
        if (Chance(0.5))
        {
            model["batchNorm"] = new JsonObject { ["position"] = Pick("before", "after"), ["momentum"] = Wild(0.1, 1), ["epsilon"] = Wild(1e-5, 1e-8) };
        }

        switch (isImage ? random.Next(3) : Pick(2, 3, 3))
        {
            case 0:
                model["kind"] = "cnn";
                model["blocks"] = Array(1, 4, Block);
                model["globalPool"] = Pick("none", "average", "max");
                model["dense"] = Array(0, 3, () => random.Next(1, 20));
                break;
            case 1:
                model["kind"] = "preset";
                model["preset"] = Technique(TechniqueKind.Preset);
                model["preset"]!["width"] = 0.06;
                if (model["preset"]!["name"]!.GetValue<string>() is "perceptron" or "mlp-5x100" or "lenet")
                {
                    model["preset"]!.AsObject().Remove("width");
                }

                break;
            case 2:
                model["kind"] = "layers";
                model["layers"] = Layers(isImage);
                break;
            default:
                model["kind"] = "mlp";
                model["dense"] = Array(0, 4, () => random.Next(1, 30));
                break;
        }

        return model;
    }

    private JsonObject Block()
    {
        // Padding that keeps the size needs an odd filter.
        var keepsSize = Chance(0.5);
        var block = new JsonObject
        {
            ["filters"] = random.Next(1, 9),
            ["convolutions"] = random.Next(1, 3),
            ["kernel"] = keepsSize ? Pick(1, 3, 5) : random.Next(1, 6),
            ["stride"] = random.Next(1, 4),
            ["padding"] = keepsSize ? Same() : random.Next(0, 4),
            ["pool"] = Pick("none", "max", "average"),
            ["poolSize"] = Pick(2, 2, 3),
        };
        if (Chance(0.3))
        {
            block["activation"] = Technique(TechniqueKind.Activation);
            block["initialization"] = Technique(TechniqueKind.Initialization);
        }

        return block;
    }

    // Layers for images, if those are the samples, then what turns them to vectors, then layers for vectors. What is left out is the planner's to add.
    private JsonArray Layers(bool isImage)
    {
        JsonObject[] images = isImage ? [.. Many(1, 6, () => ImageLayer(depth: 0))] : [];
        JsonObject[] turn = isImage && Chance(0.7) ? [Chance(0.5) ? new JsonObject { ["kind"] = "flatten" } : GlobalPool()] : [];
        JsonObject[] vectors = isImage && turn is [] ? [] : [.. Many(isImage ? 0 : 1, 5, () => VectorLayer(depth: 0))];
        return [.. images, .. turn, .. vectors];
    }

    private JsonObject ImageLayer(int depth) => random.Next(depth < 2 ? 8 : 6) switch
    {
        0 or 1 => depth == 0 ? Convolution() : InnerConvolution(),
        // Within a residual layer it could not be added to what came in.
        2 when depth == 0 => new JsonObject { ["kind"] = "pool", ["pool"] = Pick("max", "average"), ["size"] = Pick(2, 2, 3) },
        6 or 7 => new JsonObject { ["kind"] = "residual", ["layers"] = Array(1, 4, () => ImageLayer(depth + 1)) },
        _ => AnyLayer(),
    };

    private JsonObject VectorLayer(int depth) => random.Next(depth < 2 ? 6 : 5) switch
    {
        0 or 1 => new JsonObject
        {
            // Within a residual layer mostly as many as came in.
            ["kind"] = "dense", ["units"] = depth > 0 ? 12 : Pick(4, 12, 12), ["bias"] = Chance(0.5), ["initialization"] = Technique(TechniqueKind.Initialization),
        },
        5 => new JsonObject { ["kind"] = "residual", ["layers"] = Array(1, 4, () => VectorLayer(depth + 1)) },
        _ => AnyLayer(),
    };

    // A layer for images and vectors alike.
    private JsonObject AnyLayer() => random.Next(3) switch
    {
        0 => new JsonObject { ["kind"] = "batch_norm" },
        1 => new JsonObject { ["kind"] = "dropout", ["rate"] = 0.3 },
        _ => new JsonObject { ["kind"] = "activation", ["activation"] = Technique(TechniqueKind.Activation) },
    };

    private JsonObject Convolution() => new()
    {
        ["kind"] = "conv", ["filters"] = Pick(4, 4, 8), ["kernel"] = Pick(1, 2, 3), ["stride"] = random.Next(1, 3),
        ["padding"] = Chance(0.5) ? Same() : random.Next(0, 4), ["dilation"] = random.Next(1, 4), ["bias"] = Chance(0.5),
        ["initialization"] = Technique(TechniqueKind.Initialization),
    };

    // Keeps the shape of four channels, so that a residual layer can add it.
    private JsonObject InnerConvolution()
    {
        var (kernel, dilation) = (Pick(1, 3), random.Next(1, 4));
        return new JsonObject
        {
            ["kind"] = "conv", ["filters"] = 4, ["kernel"] = kernel, ["padding"] = Chance(0.5) ? Same() : (kernel - 1) * dilation / 2, ["dilation"] = dilation,
            ["bias"] = Chance(0.5), ["initialization"] = Technique(TechniqueKind.Initialization),
        };
    }

    private JsonObject GlobalPool() => new() { ["kind"] = "global_pool", ["pool"] = Pick("max", "average") };

    // Two ways to write it.
    private JsonNode? Same() => Chance(0.7) ? "same" : null;

    private JsonObject Training()
    {
        var training = new JsonObject
        {
            ["epochs"] = 1,
            ["batchSize"] = Chance(0.2) ? "full" : (int)Wild(random.Next(10, 30), 1),
            ["optimizer"] = Technique(TechniqueKind.Optimizer),
            ["schedule"] = Technique(TechniqueKind.Schedule),
            ["weightDecay"] = Technique(TechniqueKind.WeightDecay),
            ["gradientClipping"] = Technique(TechniqueKind.GradientClipping),
            ["labelSmoothing"] = Chance(0.3) ? Wild(0.1, 0.999) : 0,
            ["precision"] = Chance(0.2) ? "bfloat16" : "float32",
        };
        if (Chance(0.3))
        {
            training["earlyStopping"] = new JsonObject { ["metric"] = Pick("validation_loss", "validation_accuracy"), ["patience"] = 1 };
        }

        return training;
    }

    // A technique with some of its parameters given: flags and choices at random, numbers at their defaults.
    private JsonObject Technique(TechniqueKind kind, string? name = null)
    {
        var entries = TechniqueCatalog.All.Where(entry => entry.Kind == kind && (name is null || entry.Name == name)).ToArray();
        var definition = Pick(entries);
        var choice = new JsonObject { ["name"] = definition.Name };
        foreach (var parameter in definition.Parameters)
        {
            if (parameter.Kind == ParameterKind.Boolean)
            {
                choice[parameter.Name] = Chance(0.5);
            }
            else if (parameter.Choices is { } words)
            {
                choice[parameter.Name] = Pick([.. words]);
            }
            else if (extreme && parameter.Name != "depth" && parameter.Kind is ParameterKind.Integer or ParameterKind.Number)
            {
                choice[parameter.Name] = Extreme(parameter);
            }
            else if (parameter is { Kind: ParameterKind.Integer, Maximum: <= 10 } && Chance(0.5))
            {
                choice[parameter.Name] = random.Next((int)parameter.Minimum!, (int)parameter.Maximum! + 1);
            }
        }

        return choice;
    }

    // Half of the numbers stay as they are, so that a spec has one or two extremes and not only those.
    private JsonNode Extreme(ParameterDefinition parameter)
    {
        var (low, high) = (parameter.Minimum!.Value, parameter.Maximum!.Value);
        var number = random.Next(6) switch
        {
            0 => parameter.MinimumExclusive ? float.Epsilon : low,
            1 => parameter.MaximumExclusive ? MathF.BitDecrement((float)high) : high,
            2 => low + ((high - low) * Math.Pow(10, -12 * random.NextDouble())),
            _ => parameter.Default!.Value.Number,
        };
        return parameter.Kind == ParameterKind.Integer ? (int)number : number;
    }

    private JsonArray Array(int from, int to, Func<JsonNode> item) => [.. Many(from, to, item)];

    private IEnumerable<T> Many<T>(int from, int to, Func<T> item) => Enumerable.Range(0, random.Next(from, to)).Select(_ => item());

    private T Pick<T>(params T[] values) => values[random.Next(values.Length)];

    private double Wild(double tame, double wild) => extreme && Chance(0.5) ? wild : tame;

    private bool Chance(double probability) => random.NextDouble() < probability;
}
