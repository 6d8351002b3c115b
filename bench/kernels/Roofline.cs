using System.Diagnostics;
using System.Globalization;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Kernels;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.KernelBench;

// What limits the parts of an update: for each its floating-point operations, the bytes that it must move at least (each operand read and each result written once), and its time; and
// the two roofs of this machine, the fastest product of matrices and the fastest copy. Williams, Waterman, Patterson: Roofline (Communications of the ACM 52, 2009).
internal static class Roofline
{
    private const int Side = 2048;
    private const long Copied = 1L << 28;

    /// <summary>Prints lines of name, operations, bytes and milliseconds, separated by tabs: the roofs first, then the layers of assignment-cifar10.json in bfloat16 and other parts.</summary>
    public static void Run(int rounds)
    {
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            using var scope = NewDisposeScope();
            var (left, right) = (randn(Side, Side).to_type(type), randn(Side, Side).to_type(type));
            Print($"roof: product of matrices, {type}", 2L * Side * Side * Side, 3L * Side * Side * left.element_size(), rounds, () => matmul(left, right));
        }

        using (NewDisposeScope())
        {
            var (from, to) = (ones(Copied / sizeof(float)), zeros(Copied / sizeof(float)));
            Print("roof: copy", 0, 2 * Copied, rounds, () => to.copy_(from));
        }

        Layers(rounds);
        Update(rounds);
        Chain(rounds);
    }

    private static void Layers(int rounds)
    {
        var spec = SpecReader.Read(File.ReadAllBytes("examples/assignment-cifar10.json"));
        var batch = spec.Spec!.Training.BatchSize!.Value;
        foreach (var (row, index) in spec.Plan!.AllLayers.Where(row => row.Layer is ConvLayer).Select((row, index) => (row, index)))
        {
            using var scope = NewDisposeScope();
            var layer = (ConvLayer)row.Layer;
            var input = ChannelsLast(batch, row.Input).requires_grad_(index > 0);
            var weight = randn(layer.Filters, layer.Kernel, layer.Kernel, row.Input[0]).permute(0, 3, 1, 2).to_type(ScalarType.BFloat16).requires_grad_();
            var gradient = ChannelsLast(batch, row.Output);
            var passes = index > 0 ? 3 : 2; // forward, gradient of the weights, gradient of the input
            var operations = 2L * layer.Kernel * layer.Kernel * row.Input[0] * gradient.numel() * passes;
            var convolution = new ImageConvolution(layer.Kernel, layer.Stride, layer.Padding, layer.Dilation);
            var values = (passes * input.numel()) + (passes * gradient.numel()) + (passes * weight.numel());
            Print($"convolution {index + 1}", operations, values * input.element_size(), rounds, () =>
            {
                convolution.Apply(input, weight, bias: null).backward([gradient]);
                (input.grad, weight.grad) = (null, null);
            });
        }

        foreach (var (side, channels, pools) in ((int, int, bool)[])[(32, 24, true), (16, 48, false), (8, 96, false)])
        {
            using var scope = NewDisposeScope();
            var input = ChannelsLast(batch, [channels, side, side]).requires_grad_();
            var (scale, shift) = (ones(channels).requires_grad_(), zeros(channels).requires_grad_());
            var kernel = KernelFactory.BatchNorm(TechniqueCatalog.Default(TechniqueKind.Activation, "silu"), pools)!;
            var gradient = ChannelsLast(batch, [channels, pools ? side / 2 : side, pools ? side / 2 : side]);

            // Forward: input and output; backward: input, gradient of the output, gradient of the input. About 20 operations a value for mean, variance, SiLU and their gradients.
            Print($"batch norm, SiLU{(pools ? ", pool" : "")} {channels}x{side}x{side}", 20 * input.numel(), ((3 * input.numel()) + (2 * gradient.numel())) * input.element_size(), rounds, () =>
            {
                kernel.Forward(input, scale, shift, 1e-5).Output.backward([gradient]);
                (input.grad, scale.grad, shift.grad) = (null, null, null);
            });
        }
    }

    private static void Update(int rounds)
    {
        using var scope = NewDisposeScope();
        using var parameters = new FlatParameters([new TorchSharp.Modules.Parameter(randn(730_114))]);
        using var adam = OptimizerFactory.Create(TechniqueCatalog.Default(TechniqueKind.Optimizer, "adam"), parameters, output: null);
        parameters.All.grad!.normal_();
        Print("Adam, 730,114 parameters", 12 * parameters.All.numel(), 7 * parameters.All.numel() * sizeof(float), rounds, () => adam.Step(learningRate: 0.001));
    }

    private static void Chain(int rounds)
    {
        const int Rows = 100;
        using var scope = NewDisposeScope();
        int[] sizes = [784, 100, 100, 100, 100, 100, 10];
        List<ChainLayer> layers = [];
        List<Tensor[]> parameters = [];
        foreach (var (inputs, outputs) in sizes.Zip(sizes.Skip(1)))
        {
            layers.AddRange([new ChainDense(inputs, outputs), KernelFactory.Chain(TechniqueCatalog.Default(TechniqueKind.Activation, "relu"), outputs)!]);
            parameters.AddRange([[randn(outputs, inputs).requires_grad_(), zeros(outputs).requires_grad_()], []]);
        }

        var network = new DenseChain(layers);
        Tensor[][] all = [.. parameters];
        var (input, gradient) = (randn(Rows, sizes[0]), randn(Rows, sizes[^1]));
        var weights = all.Sum(own => own.Sum(tensor => tensor.numel()));
        var values = Rows * sizes.Sum(size => (long)size);
        Print("dense chain of mlp-5x100", 6 * Rows * weights, ((3 * weights) + (4 * values)) * sizeof(float), rounds, () => new ChainPass(network, all, input).Backward(gradient));
    }

    private static Tensor ChannelsLast(int batch, IReadOnlyList<int> shape) => randn(batch, shape[1], shape[2], shape[0]).permute(0, 3, 1, 2).to_type(ScalarType.BFloat16);

    private static void Print(string name, long operations, long bytes, int rounds, Action step)
    {
        var times = new List<double>();
        for (var round = -2; round < rounds; round++)
        {
            using var scope = NewDisposeScope();
            var began = Stopwatch.GetTimestamp();
            step();
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{operations}\t{bytes}\t{times.Order().ElementAt(times.Count / 2):F4}"));
    }
}
