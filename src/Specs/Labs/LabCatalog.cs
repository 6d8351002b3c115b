namespace Trainyard.Specs.Labs;

/// <summary>All labs.</summary>
public static class LabCatalog
{
    /// <summary>Changes whenever a lab answers differently than before, so that no kept answer is used.</summary>
    public const int Version = 1;

    /// <summary>The labs, in the order of a course.</summary>
    public static IReadOnlyList<LabDefinition> All { get; } =
    [
        new LabDefinition<BackpropRequest, BackpropResult>
        {
            Name = "backprop-by-hand",
            Title = "Backpropagation by hand",
            Summary = "An expression as a graph: values forward, gradients backward, one edge at a time.",
            Check = LabChecks.Check,
            Examples =
            [
                new("line", "A line: f = w x + b", new BackpropRequest()),
                new("gates", "Add distributes, max routes, multiply switches", Backprop("2 * (x * y + max(z, w))", ("x", 3), ("y", -4), ("z", 2), ("w", -1))),
                new("neuron", "A neuron with a sigmoid", Backprop("sigmoid(w0 * x0 + w1 * x1 + b)", ("w0", 2), ("x0", -1), ("w1", -3), ("x1", -2), ("b", -3))),
                new("branches", "Branches that meet: x^2 + x", Backprop("x * x + x", ("x", 3))),
                new("squared-error", "The squared error of a line", Backprop("(w * x + b - t)^2", ("w", 0.5), ("x", 2), ("b", 1), ("t", 3))),
            ],
        },
        new LabDefinition<GradientCheckRequest, GradientCheckResult>
        {
            Name = "gradient-check",
            Title = "Gradient check",
            Summary = "The numerical gradient against backpropagation, for every layer, activation and loss, in float64: how exact it is, and what it costs.",
            Check = (request, _) => request,
            Examples = [new("default", "Central differences with h = 1e-5", new GradientCheckRequest()), new("coarse", "h = 0.01", new GradientCheckRequest { Step = 0.01 })],
        },
        new LabDefinition<OptimizerPathsRequest, OptimizerPathsResult>
        {
            Name = "optimizer-paths",
            Title = "Paths of optimizers",
            Summary = "The optimizers that train networks, walking over a function of two variables.",
            Check = LabChecks.Check,
            Examples =
            [
                new("bowl", "A long bowl: x^2/20 + y^2", new OptimizerPathsRequest()),
                new("saddle", "A saddle", new OptimizerPathsRequest
                {
                    Expression = "x^2 - y^2",
                    Start = At(-3, 0.001),
                    Minimum = null,
                    Steps = 60,
                    Optimizers = Rates(("sgd", 0.05), ("momentum", 0.02), ("rmsprop", 0.05), ("adam", 0.1)),
                    Region = Region(-4, 4, -4, 4),
                }),
                new("beale", "Beale's function", new OptimizerPathsRequest
                {
                    Expression = "(1.5 - x + x * y)^2 + (2.25 - x + x * y^2)^2 + (2.625 - x + x * y^3)^2",
                    Start = At(1, 1.5),
                    Minimum = At(3, 0.5),
                    Steps = 200,
                    Optimizers = Rates(("sgd", 0.01), ("momentum", 0.005), ("adagrad", 0.5), ("adam", 0.1)),
                    Region = Region(-4.5, 4.5, -2.5, 2.5),
                }),
                new("rosenbrock", "Rosenbrock's valley", new OptimizerPathsRequest
                {
                    Expression = "(1 - x)^2 + 100 * (y - x^2)^2",
                    Start = At(-1.2, 1),
                    Minimum = At(1, 1),
                    Steps = 300,
                    Optimizers = Rates(("sgd", 0.001), ("momentum", 0.0005), ("rmsprop", 0.01), ("adam", 0.1)),
                    Region = Region(-2, 2, -1, 3),
                }),
                new("nesterov", "Momentum against Nesterov's momentum", new OptimizerPathsRequest
                {
                    Optimizers = Rates(("momentum", 0.1), ("nesterov", 0.1)),
                    Steps = 60,
                }),
            ],
        },
        new LabDefinition<AdamBiasRequest, AdamBiasResult>
        {
            Name = "adam-bias-correction",
            Title = "Adam's bias correction",
            Summary = "The length of Adam's first steps, with and without bias correction.",
            Check = LabChecks.Check,
            Examples = [new("default", "The first 50 steps on x^2/20 + y^2", new AdamBiasRequest()), new("constant", "A gradient that stays the same", new AdamBiasRequest { Expression = "x + y" })],
        },
        new LabDefinition<ConvolutionRequest, ConvolutionResult>
        {
            Name = "convolution-arithmetic",
            Title = "Convolution arithmetic",
            Summary = "Output sizes of convolution and pooling, window by window, with the numbers.",
            Check = LabChecks.Check,
            Examples =
            [
                new("image", "A 5x5x3 filter on a 32x32x3 image", new ConvolutionRequest()),
                new("padding", "Padding 2 keeps the size", Image(new { kind = "conv", filters = 1, kernel = 5, stride = 1, padding = 2 })),
                new("stride", "Stride 3", Image(new { kind = "conv", filters = 1, kernel = 5, stride = 3, padding = 0 })),
                new("small", "Two 3x3 filters on a 5x5x3 input, stride 2, padding 1", new ConvolutionRequest
                {
                    Layer = ConvolutionRequest.Conv(new { kind = "conv", filters = 2, kernel = 3, stride = 2, padding = 1 }), Height = 5, Width = 5,
                }),
                new("max-pooling", "Max pooling of a 4x4 matrix", Pooling("max")),
                new("average-pooling", "Average pooling of a 4x4 matrix", Pooling("average")),
            ],
        },
    ];

    /// <summary>The lab of a name; null if there is none.</summary>
    public static LabDefinition? Find(string name) => All.FirstOrDefault(lab => lab.Name == name);

    private static BackpropRequest Backprop(string expression, params (string Name, double Value)[] variables) => new()
    {
        Expression = expression,
        Variables = [.. variables.Select(variable => new VariableValue { Name = variable.Name, Value = variable.Value })],
    };

    private static IReadOnlyList<System.Text.Json.JsonElement> Rates(params (string Name, double LearningRate)[] optimizers) =>
        [.. optimizers.Select(optimizer => OptimizerPathsRequest.Rate(optimizer.Name, optimizer.LearningRate))];

    private static PlanePoint At(double x, double y) => new() { X = x, Y = y };

    private static PlaneRegion Region(double left, double right, double bottom, double top) =>
        new() { X = new() { Low = left, High = right }, Y = new() { Low = bottom, High = top } };

    private static ConvolutionRequest Image<T>(T layer) => new() { Layer = ConvolutionRequest.Conv(layer) };

    // The matrix of the lecture.
    private static ConvolutionRequest Pooling(string pool) => new()
    {
        Layer = ConvolutionRequest.Conv(new { kind = "pool", pool, size = 2 }),
        Channels = 1,
        Height = 4,
        Width = 4,
        Input = [[1, 3, 2, 1], [2, 9, 1, 1], [1, 3, 2, 3], [5, 6, 1, 2]],
    };
}
