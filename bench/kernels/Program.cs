using System.Diagnostics;
using Trainyard.KernelBench;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Kernels.Winograd;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Setup;
using Trainyard.Trainer.Training;
using static TorchSharp.torch.nn;

// The kernels of src/Trainer/Kernels against torch's operations: batch norm, activation and 2 x 2 max pooling, layer by layer, forward and backward in training or forward
// in inference; cross-entropy with its gradient and the metrics of the batch; small dense networks. And the convolutions of three networks alone, the limit of a step.
// dotnet run --project bench/kernels -c Release -- [threads (1)] [rounds (15)] [part of a line] [training|inference|folded]
// folded: inference, in which torch has no batch norm to compute, as if it were part of the weights before.
// dotnet run --project bench/kernels -c Release -- [threads (1)] [rounds (15)] roofline: what limits the parts of an update, for roofline.py
// Prints medians of rounds in turns: milliseconds of wall-clock time and of processor time of all threads.

var threads = args.Length > 0 ? int.Parse(args[0]) : 1;
var rounds = args.Length > 1 ? int.Parse(args[1]) : 15;
var part = args.Length > 2 ? args[2] : "";
var folds = args.Length > 3 && args[3] == "folded";
var infers = folds || (args.Length > 3 && args[3] == "inference");
Engine.Load(threads);
if (part == "roofline")
{
    Roofline.Run(rounds);
    return;
}

Console.WriteLine($"{threads} threads, {rounds} rounds, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC");
Console.WriteLine($"{"layers",-34} {"shape",-20} {"type",-9} {"ours, ms",9} {"torch, ms",9} {"ratio",6} {"ours, CPU",10} {"torch, CPU",10} {"ratio",6}");

foreach (var type in (ScalarType[])[ScalarType.BFloat16, ScalarType.Float32])
{
    // The assignment's layers at width 0.75 and batch 256, with and without pooling; the quickstart's at batch 128; vectors.
    foreach (var activation in (string[])["silu", "relu"])
    {
        foreach (var (n, side, channels, pools) in ((long, long, int, bool)[])
            [(256, 32, 24, true), (256, 16, 48, false), (256, 16, 48, true), (256, 8, 96, false), (256, 4, 192, false), (256, 4, 192, true), (128, 28, 16, true), (128, 14, 32, true), (128, 7, 64, false)])
        {
            Measure($"batch norm, {activation}{(pools ? ", pool" : "")}", activation, [n, channels, side, side], pools, type);
        }
    }

    foreach (var activation in (string?[])[null, "leaky_relu", "elu", "selu", "gelu", "sigmoid", "tanh"])
    {
        Measure($"batch norm{(activation is null ? "" : ", " + activation)}", activation, [256, 48, 16, 16], pools: false, type);
    }

    // Channels that are no multiple of 8.
    foreach (var shape in (long[][])[[64, 6, 32, 32], [64, 12, 16, 16], [256, 20, 16, 16], [128, 100], [32, 100], [32, 20]])
    {
        Measure("batch norm, relu", "relu", shape, pools: false, type);
        Measure("batch norm", null, shape, pools: false, type);
    }

    Measure("batch norm, relu", "relu", [256, 96], pools: false, type);
    Measure("batch norm, relu", "relu", [32, 16], pools: false, type);
    Measure("batch norm, silu, pool", "silu", [8, 16, 8, 8], pools: true, type);

    foreach (var (samples, classes) in infers ? [] : ((int, int)[])[(32, 2), (100, 10), (256, 10), (128, 100)])
    {
        MeasureLoss(samples, classes, smoothing: 0, type);
        MeasureLoss(samples, classes, smoothing: 0.1, type);
    }
}

foreach (var type in infers ? [] : (ScalarType[])[ScalarType.BFloat16, ScalarType.Float32])
{
    // From large images with few channels to single pixels: layers of the assignment (width 0.75), of resnet9 (width 0.25), of the quickstart, and small batches.
    foreach (var (n, channels, filters, side) in ((long, long, long, long)[])
        [(256, 16, 16, 32), (128, 32, 32, 28), (256, 16, 32, 16), (256, 24, 48, 16), (128, 32, 32, 16), (256, 48, 48, 16), (16, 64, 64, 16), (128, 16, 32, 14), (128, 32, 32, 14),
         (256, 32, 64, 8), (128, 64, 128, 8), (256, 48, 96, 8), (256, 96, 96, 8), (8, 64, 64, 8), (128, 32, 64, 7), (256, 64, 64, 7), (64, 64, 64, 6), (64, 32, 64, 4), (256, 96, 192, 4),
         (128, 128, 128, 4), (256, 192, 192, 4), (128, 256, 256, 4), (16, 128, 128, 4), (256, 64, 128, 3), (256, 192, 192, 2), (32, 256, 256, 2), (128, 64, 64, 1)])
    {
        MeasureConvolution(n, channels, filters, side, type);
    }
}

foreach (var activation in (string[])["relu", "tanh"])
{
    foreach (var (rows, sizes) in ((int, int[])[])
        [(32, [2, 8, 2]), (32, [2, 16, 16, 2]), (64, [2, 32, 32, 3]), (256, [2, 8, 8, 8, 8, 2]), (100, [32, 64, 10]), (100, [64, 64, 64, 10]), (100, [100, 100, 10]), (100, [784, 32, 10]), (1000, [2, 16, 16, 2]), (10_000, [2, 8, 2])])
    {
        MeasureChain(activation, rows, sizes);
    }
}

if (!infers && "convolutions".Contains(part))
{
    var resnet = """{ "data": { "dataset": "cifar-10" }, "model": { "kind": "preset", "preset": { "name": "resnet9", "width": 0.25 }, "activation": "relu" }, "training": { "batchSize": 128 } }"""u8;
    foreach (var (name, spec) in ((string, byte[])[])
        [("quickstart", File.ReadAllBytes("examples/quickstart.json")), ("assignment", File.ReadAllBytes("examples/assignment-cifar10.json")), ("resnet9, width 0.25", resnet.ToArray())])
    {
        MeasureConvolutions(name, spec, ScalarType.BFloat16);
        MeasureConvolutions(name, spec, ScalarType.Float32);
    }
}

void Measure(string layers, string? activation, long[] shape, bool pools, ScalarType type)
{
    if (!$"{layers} {string.Join('x', shape)} {type}".Contains(part))
    {
        return;
    }

    using var scope = NewDisposeScope();
    manual_seed(1);
    var channels = (int)shape[1];
    var data = shape.Length == 4 ? randn(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2) : randn(shape);
    var input = data.to_type(type).requires_grad_();
    var scale = ones(channels).requires_grad_();
    var shift = zeros(channels).requires_grad_();
    var (mean, variance) = (zeros(channels), ones(channels));
    var kernel = KernelFactory.BatchNorm(activation is null ? null : TechniqueCatalog.Default(TechniqueKind.Activation, activation), pools)!;
    var gradient = Torch().detach().clone();
    Compare(layers, shape, type, Math.Max(1, (int)(2_000_000 / input.numel())), () => Step(Ours, gradient, [input, scale, shift]), () => Step(Torch, gradient, [input, scale, shift]));

    Tensor Ours() => infers ? kernel.Infer(input, mean, variance, scale, shift, 1e-5) : kernel.Forward(input, scale, shift, 1e-5).Output;

    Tensor Torch()
    {
        var normalized = folds ? input : functional.batch_norm(input, mean, variance, scale, shift, training: !infers);
        var activated = activation switch
        {
            "silu" => functional.silu(normalized),
            "relu" => functional.relu(normalized),
            "leaky_relu" => functional.leaky_relu(normalized),
            "elu" => functional.elu(normalized, 1),
            "selu" => functional.selu(normalized),
            "gelu" => functional.gelu(normalized),
            "sigmoid" => functional.sigmoid(normalized),
            "tanh" => functional.tanh(normalized),
            _ => normalized,
        };
        return pools ? functional.max_pool2d(activated, 2) : activated;
    }
}

// Forward and backward, or forward in inference mode.
void Step(Func<Tensor> forward, Tensor gradient, Tensor[] leaves)
{
    if (infers)
    {
        using var inference = inference_mode();
        forward();
        return;
    }

    forward().backward([gradient]);
    foreach (var leaf in leaves)
    {
        leaf.grad = null;
    }
}

// From the scores of a network to their gradient, with loss and correct answers as numbers.
void MeasureLoss(int samples, int classes, double smoothing, ScalarType type)
{
    var layers = $"cross-entropy{(smoothing > 0 ? ", smoothing" : "")}";
    if (!$"{layers} {samples}x{classes} {type}".Contains(part))
    {
        return;
    }

    using var scope = NewDisposeScope();
    manual_seed(1);
    var scores = randn(samples, classes).to_type(type).requires_grad_();
    var labels = randint(classes, samples, dtype: ScalarType.Int64);
    using var metrics = new Meter(CPU);
    Compare(layers, [samples, classes], type, repeat: 1000, () => Step(new KernelLoss(scores, labels, smoothing, new GraphPass(scores))), () => Step(new TensorLoss(scores, labels, smoothing)));

    void Step(BatchLoss loss)
    {
        loss.Backward();
        scores.grad = null;
        _ = loss.Value;
        loss.AddTo(metrics);
    }
}

// A dense network from its input to the gradients of its parameters, or to its output.
void MeasureChain(string activation, int rows, int[] sizes)
{
    var layers = $"dense {string.Join('-', sizes)}, {activation}";
    if (!$"{layers} {rows}x{sizes[0]} Float32".Contains(part))
    {
        return;
    }

    using var scope = NewDisposeScope();
    manual_seed(1);
    var choice = TechniqueCatalog.Default(TechniqueKind.Activation, activation);
    List<ChainLayer> kernels = [];
    List<Tensor[]> parameters = [];
    foreach (var (inputs, outputs) in sizes.Zip(sizes.Skip(1)))
    {
        kernels.AddRange([new ChainDense(inputs, outputs), KernelFactory.Chain(choice, outputs)!]);
        parameters.AddRange([[randn(outputs, inputs).requires_grad_(), zeros(outputs).requires_grad_()], []]);
    }

    var network = new DenseChain(kernels);
    Tensor[][] all = [.. parameters];
    var input = randn(rows, sizes[0]);
    var gradient = randn(rows, sizes[^1]);
    Tensor[] leaves = [.. all.SelectMany(own => own)];
    Compare(layers, [rows, sizes[0]], ScalarType.Float32, Math.Clamp(20_000 / rows, 2, 300), Ours, () => Step(Torch, gradient, leaves));

    void Ours()
    {
        if (infers)
        {
            Step(() => network.Forward(input, all), gradient, leaves);
            return;
        }

        new ChainPass(network, all, input).Backward(gradient);
    }

    Tensor Torch() => all.Aggregate(input, (values, own) => own is [var weight, var bias] ? functional.linear(values, weight, bias) : activation == "relu" ? functional.relu(values) : functional.tanh(values));
}

// A 3 x 3 convolution by Winograd's filter, and with the filters' gradient as one product of matrices, against the library's.
void MeasureConvolution(long n, long channels, long filters, long side, ScalarType type)
{
    using var scope = NewDisposeScope();
    manual_seed(1);
    var images = randn(n, side, side, channels).permute(0, 3, 1, 2).to_type(type).requires_grad_();
    var weights = randn(filters, 3, 3, channels).permute(0, 3, 1, 2).to_type(type).requires_grad_();
    var gradient = randn(n, side, side, filters).permute(0, 3, 1, 2).to_type(type);
    CompareWith("Winograd", Winograd);
    CompareWith("product", Product);

    void CompareWith(string way, Action passes)
    {
        var name = $"convolution to {filters}, {way}";
        if ($"{name} {string.Join('x', images.shape)} {type}".Contains(part))
        {
            Compare(name, images.shape, type, repeat: 3, passes, () => Step(() => functional.conv2d(images, weights, strides: [1, 1], padding: [1, 1]), gradient, [images, weights]));
        }
    }

    void Winograd()
    {
        using var none = no_grad();
        var convolution = WinogradConvolution.Of(type);
        convolution.Forward(images, weights, bias: null, padding: 1);
        convolution.ImageGradient(gradient, weights, padding: 1);
        convolution.FilterGradient(images, gradient, padding: 1);
    }

    void Product()
    {
        using var none = no_grad();
        functional.conv2d(images, weights, strides: [1, 1], padding: [1, 1]);
        functional.conv_transpose2d(gradient, weights, strides: [1, 1], padding: [1, 1]);
        new ImageConvolution(3, 1, 1, 1).FilterGradientAsProduct(images, gradient);
    }
}

// Forward and backward of each convolution of a network by itself, one after the other: as it is trained, and as the library computes it.
void MeasureConvolutions(string name, byte[] document, ScalarType type)
{
    using var scope = NewDisposeScope();
    var spec = SpecReader.Read(document);
    var batch = spec.Spec!.Training.BatchSize!.Value;
    List<Action> ours = [];
    List<Action> torch = [];
    foreach (var (index, row) in spec.Plan!.AllLayers.Where(row => row.Layer is ConvLayer).Index())
    {
        var (layer, channels) = ((ConvLayer)row.Layer, row.Input[0]);
        var convolution = new ImageConvolution(layer.Kernel, layer.Stride, layer.Padding, layer.Dilation);
        var input = randn(batch, row.Input[1], row.Input[2], channels).permute(0, 3, 1, 2).to_type(type).requires_grad_(index > 0);
        var weight = randn(layer.Filters, layer.Kernel, layer.Kernel, channels).permute(0, 3, 1, 2).to_type(type).requires_grad_();
        var gradient = randn(batch, row.Output[1], row.Output[2], layer.Filters).permute(0, 3, 1, 2).to_type(type);
        ours.Add(() => Step(() => convolution.Apply(input, weight, bias: null), gradient, [input, weight]));
        torch.Add(() => Step(
            () => functional.conv2d(input, weight, strides: [layer.Stride, layer.Stride], padding: [layer.Padding, layer.Padding], dilation: [layer.Dilation, layer.Dilation]), gradient, [input, weight]));
    }

    Compare($"convolutions ({ours.Count}) of {name}", [batch], type, repeat: 3, () => ours.ForEach(step => step()), () => torch.ForEach(step => step()));
}

void Compare(string layers, long[] shape, ScalarType type, int repeat, Action kernel, Action operations)
{
    var times = new List<(double Wall, double Cpu)>[] { [], [] };
    for (var round = -2; round < rounds; round++)
    {
        foreach (var (index, step) in new[] { kernel, operations }.Index())
        {
            var time = Time(step, repeat);
            if (round >= 0)
            {
                times[index].Add(time);
            }
        }
    }

    var (ours, torch) = (times[0], times[1]);
    var (wall, torchWall, cpu, torchCpu) = (Median(ours, time => time.Wall), Median(torch, time => time.Wall), Median(ours, time => time.Cpu), Median(torch, time => time.Cpu));
    Console.WriteLine(
        $"{layers,-34} {string.Join('x', shape),-20} {type,-9} {wall,9:F3} {torchWall,9:F3} {wall / torchWall,6:F2} {cpu,10:F3} {torchCpu,10:F3} {cpu / torchCpu,6:F2}");
}

// Milliseconds of a step: of the clock, and of all threads.
static (double Wall, double Cpu) Time(Action step, int repeat)
{
    using var process = Process.GetCurrentProcess();
    var (began, used) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
    for (var count = 0; count < repeat; count++)
    {
        using var scope = NewDisposeScope();
        step();
    }

    process.Refresh();
    return (Stopwatch.GetElapsedTime(began).TotalMilliseconds / repeat, (process.TotalProcessorTime - used).TotalMilliseconds / repeat);
}

static double Median(List<(double Wall, double Cpu)> times, Func<(double Wall, double Cpu), double> part) => times.Select(part).Order().ElementAt(times.Count / 2);
