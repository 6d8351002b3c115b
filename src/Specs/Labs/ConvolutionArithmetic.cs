using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Labs;

/// <summary>A request of lab <c>convolution-arithmetic</c>; by default a 5x5 filter on a color image of 32x32.</summary>
[OptionalMembers]
public sealed record ConvolutionRequest
{
    /// <summary>A layer as in a spec: of kind <c>conv</c> with at most 16 filters, or <c>pool</c>.</summary>
    public JsonElement Layer { get; init; } = Conv(new { kind = "conv", filters = 1, kernel = 5, stride = 1, padding = 0 });

    /// <summary>Channels of the input.</summary>
    [Number(1, 4)]
    public int Channels { get; init; } = 3;

    /// <summary>Height of a generated input.</summary>
    [Number(1, 64)]
    public int Height { get; init; } = 32;

    /// <summary>Width of a generated input.</summary>
    [Number(1, 64)]
    public int Width { get; init; } = 32;

    /// <summary>Rows of the input, one channel below the other; null: small integers of the given height and width.</summary>
    [Items(1, 256), Number(-1e6, 1e6)]
    public IReadOnlyList<IReadOnlyList<double>>? Input { get; init; }

    /// <summary>Rows of the filters, channel by channel and filter by filter, one below the other; null: small integers.</summary>
    [Items(1, 1024), Number(-1e6, 1e6)]
    public IReadOnlyList<IReadOnlyList<double>>? Weights { get; init; }

    internal static JsonElement Conv<T>(T layer) => JsonSerializer.SerializeToElement(layer, SpecJson.Options);
}

/// <summary>Numbers of a given shape, the last dimension first.</summary>
public sealed record NumberGrid
{
    /// <summary>Sizes, as in channels, rows, columns.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>The numbers, row by row.</summary>
    public required IReadOnlyList<double> Values { get; init; }
}

/// <summary>Result of lab <c>convolution-arithmetic</c>.</summary>
public sealed record ConvolutionResult
{
    /// <summary>The input: channels, rows, columns.</summary>
    public required NumberGrid Input { get; init; }

    /// <summary>The weights: filters, channels, rows, columns; null for pooling.</summary>
    public required NumberGrid? Weights { get; init; }

    /// <summary>The bias of each filter; none for pooling.</summary>
    public required IReadOnlyList<double> Bias { get; init; }

    /// <summary>The output of the layer: channels, rows, columns.</summary>
    public required NumberGrid Output { get; init; }

    /// <summary>Side of the window.</summary>
    public required int Window { get; init; }

    /// <summary>Pixels from one window to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>Zeros around the input.</summary>
    public required int Padding { get; init; }

    /// <summary>Distance of neighboring elements of the window.</summary>
    public required int Dilation { get; init; }

    /// <summary>Trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Floating-point operations of one input; a multiply-add counts as two.</summary>
    public required long Flops { get; init; }
}
