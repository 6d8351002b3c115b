using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Planning;

// The structure of each network of the catalog, as blocks and dense layers; activation, initialization, batch norm and dropout are those of the spec.
internal static class ModelPresets
{
    /// <summary>Fills in blocks, dense layers and global pooling of a preset.</summary>
    public static ModelSpec Expand(ModelSpec model)
    {
        var preset = model.Preset!;
        return preset.Name switch
        {
            "perceptron" => model,
            "mlp-5x100" => model with { Dense = [100, 100, 100, 100, 100] },
            "lenet" => model with
            {
                Blocks = [Block(6, 1, PoolKind.Average) with { Kernel = 5 }, Block(16, 1, PoolKind.Average) with { Kernel = 5, Padding = 0 }],
                Dense = [120, 84],
            },
            "assignment" => model with
            {
                // One convolution at full size: all blocks then cost about the same, and the wide ones work on small images.
                Blocks =
                [
                    Block(Wide(32), 1, PoolKind.Max), Block(Wide(64), 2, PoolKind.Max), Block(Wide(128), 2, PoolKind.Max), Block(Wide(256), 2, PoolKind.Max),
                ],
                Dense = [Wide(128)],
            },
            "fitnet4" => model with
            {
                Blocks =
                [
                    Block(Wide(32), Deep(3), PoolKind.None), Block(Wide(48), Deep(2), PoolKind.Max),
                    Block(Wide(80), Deep(6), PoolKind.Max), Block(Wide(128), Deep(6), PoolKind.None),
                ],
                GlobalPool = GlobalPool.Max,
            },
            "resnet9" => model with { Layers = Resnet9(model, Wide) },
            _ => throw new ArgumentException($"The catalog has no preset '{preset.Name}'.", nameof(model)),
        };

        int Wide(int filters) => Math.Max(1, (int)Math.Round(filters * preset.Number("width")));
        int Deep(int convolutions) => Math.Max(1, (int)Math.Round(convolutions * preset.Number("depth")));
    }

    // The nine-layer residual network of Page: prep, two stages with a residual pair, one without; each stage halves the image.
    private static List<LayerSpec> Resnet9(ModelSpec model, Func<int, int> wide)
    {
        var half = new PoolLayer { Pool = PoolKind.Max, Size = 2 };
        return
        [
            .. Convolution(64),
            .. Convolution(128), half, Residual(128),
            .. Convolution(256), half,
            .. Convolution(512), half, Residual(512),
            new GlobalPoolLayer { Pool = GlobalPool.Max },
            .. Dropout(),
        ];

        ResidualLayer Residual(int filters) => new() { Layers = [.. Convolution(filters), .. Convolution(filters)] };

        IEnumerable<LayerSpec> Convolution(int filters) => HiddenLayer.Conv(model, wide(filters), kernel: 3, stride: 1, padding: 1);

        IEnumerable<LayerSpec> Dropout() => model.Dropout.Dense > 0 ? [new DropoutLayer { Rate = model.Dropout.Dense }] : [];
    }

    private static ConvBlockSpec Block(int filters, int convolutions, PoolKind pool) => new()
    {
        Filters = filters,
        Convolutions = convolutions,
        Kernel = 3,
        Stride = 1,
        Padding = null,
        Pool = pool,
        PoolSize = 2,
        Activation = null,
        Initialization = null,
    };
}
