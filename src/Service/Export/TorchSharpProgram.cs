using System.Text;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

/// <summary>
/// Writes the TorchSharp program of a run: a main part that says what the spec says, and below it the trainer's own classes, as far as the main part
/// needs them. So the program computes what the trainer computed, and a technique that the trainer learns needs nothing here.
/// </summary>
internal sealed class TorchSharpProgram(RunFacts facts)
{
    private readonly ExperimentSpec spec = facts.Spec;
    private readonly StringBuilder text = new();

    /// <summary>The program.</summary>
    public static string Write(RunFacts facts) => new TorchSharpProgram(facts).Write();

    private string Write()
    {
        Settings();
        Network();
        Training();
        text.Append('\n').Append(CodeText.Part("csharp-main/Loop.cs"));
        if (spec.Training.EvaluateTest)
        {
            Line("");
            Line("using var testSource = new BatchSource(dataset.Test, normalization, device);");
            Line("var (testLoss, testAccuracy) = Evaluate(testSource, Indices([.. Enumerable.Range(0, dataset.Test.Count)]));");
            Line("Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $\"test loss {testLoss:G9}, test accuracy {testAccuracy:G9}\"));");
        }

        text.Append('\n').Append(CodeText.Part("csharp-main/Functions.cs"));
        var main = text.ToString();
        var (usings, types) = SourceLibrary.Needed(main, Techniques());
        return Header(usings) + main + string.Concat(types.Select(type => "\n" + type));
    }

    private string Header(IEnumerable<string> usings)
    {
        IEnumerable<string> all =
        [
            "System", "System.Collections.Generic", "System.Globalization", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks", "TorchSharp",
            "static TorchSharp.torch", .. usings,
        ];
        return
            $"""
            // {CodeText.Comment(spec.Name)}
            // Reproduces run {facts.Id} (spec {spec.Sha256()[..12]}) in TorchSharp.
            //
            //   dotnet new console && dotnet add package TorchSharp-cpu      then put this text into Program.cs (.NET 10)
            //   dotnet run -c Release -- [folder of the datasets] [threads]
            //
            // The classes are the trainer's own, so data, split, order, first weights, augmentation and every step are those of the recorded run: the
            // losses are equal bit for bit on the same engine, processor and number of threads. On others, sums are added in another order and the
            // losses drift apart; and what dropout drops is drawn by the engine's generator, whose numbers may differ between versions.{(facts.WeightsNote is { } note ? "\n// " + note : "")}
            {string.Join('\n', all.Distinct(StringComparer.Ordinal).OrderBy(name => name.StartsWith("static", StringComparison.Ordinal)).Select(name => $"using {name};"))}


            """;
    }

    private void Settings()
    {
        var (data, training) = (spec.Data, spec.Training);
        Line($"var seed = new RunSeed({spec.Seed});");
        Line($"const int Epochs = {training.Epochs};");
        Line($"const double LabelSmoothing = {CodeText.Number(training.LabelSmoothing)};");
        Line($"var device = torch.device({CodeText.Text(training.Device == Specs.Spec.Device.Cuda ? "cuda" : "cpu")});");
        Line("set_num_threads(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.ProcessorCount);");
        Line("");
        Line("// Data: what the network learns from, and what is held out.");
        Line($"var dataset = {Dataset(data.Dataset)};");
        Line("var split = Split.Of(");
        Line("    dataset.Train.Labels,");
        Line($"    new DataSpec {{ ValidationFraction = {CodeText.Number(data.ValidationFraction)}, ValidationCount = {Optional(data.ValidationCount)}, TrainLimit = {Optional(data.TrainLimit)} }},");
        Line("    seed);");
        Line("var normalization = Normalization.Of(dataset.Train, split.Train);");
        Line(data.LabelNoise > 0
            ? $"var learned = dataset.Train with {{ Labels = LabelNoise.Apply(dataset.Train.Labels, split.Train, {CodeText.Number(data.LabelNoise)}, {facts.Plan.Classes}, seed) }};"
            : "var learned = dataset.Train;");
        Line("using var source = new BatchSource(learned, normalization, device);");
        Line(data.Augmentation is { } augmentation
            ? $"var augmentation = new Augmentation(new AugmentationSpec {{ Flip = {Flag(augmentation.Flip)}, Crop = {augmentation.Crop}, Cutout = {augmentation.Cutout}, TestTimeFlip = {Flag(augmentation.TestTimeFlip)} }}, device);"
            : "Augmentation? augmentation = null;");
        Line($"const bool testTimeFlip = {Flag(data.Augmentation?.TestTimeFlip == true)};");
        Line(training.BatchSize is { } size ? $"var batchSize = Math.Min({size}, split.Train.Length);" : "var batchSize = split.Train.Length;  // all samples at once");
        Line("var stepsPerEpoch = (split.Train.Length + batchSize - 1) / batchSize;");
    }

    private void Network()
    {
        Line("");
        Line($"// The network, [N, {string.Join(", ", facts.Plan.Input)}] to [N, {facts.Plan.Classes}]. Each layer draws its first weights from a stream of its own.");
        Line($"var formats = NumberFormats.{(facts.Bfloat16 ? "Bfloat16" : "Float32")};");
        Line("RandomStream Weights(int position) => seed.Stream(RandomPurpose.Weights, position);");
        Line("using var network = new Network([");
        var position = 0;
        foreach (var planned in facts.Plan.Layers)
        {
            Layer(planned, 1, ref position);
        }

        Line("]);");
        if (facts.Layers().Any(layer => layer.Layer.Layer is ConvLayer { Initialization.Name: "lsuv" } or DenseLayer { Initialization.Name: "lsuv" }))
        {
            Line("var measured = (int[])split.Train.Clone();");
            Line("seed.Stream(RandomPurpose.Scaling).Shuffle(measured.AsSpan());");
            Line("LayerSequentialScaling.Apply(network, source.Take(Indices(measured[..Math.Min(256, measured.Length)])).Samples);");
        }
    }

    private void Layer(PlannedLayer planned, int depth, ref int position)
    {
        var indent = new string(' ', 4 * depth);
        var name = CodeText.Text(planned.Name);
        var input = planned.Input[0];
        var own = position++;
        if (planned.Layer is ResidualLayer)
        {
            Line($"{indent}new Residual({name}, [");
            foreach (var inner in planned.Inner)
            {
                Layer(inner, depth + 1, ref position);
            }

            Line($"{indent}]),");
            return;
        }

        var layer = planned.Layer switch
        {
            ConvLayer conv => $"new Convolution({name}, new ConvLayer {{ Filters = {conv.Filters}, Kernel = {conv.Kernel}, Stride = {conv.Stride}, Padding = {conv.Padding}, "
                + $"Dilation = {conv.Dilation}, Bias = {Flag(conv.Bias)}, Initialization = {Choice(conv.Initialization)} }}, {input}, formats, device, Weights({own}))",
            DenseLayer dense => $"new Dense({name}, new DenseLayer {{ Units = {dense.Units}, Bias = {Flag(dense.Bias)}, Initialization = {Choice(dense.Initialization)} }}, "
                + $"{input}, formats, device, Weights({own}))",
            BatchNormLayer norm => $"new BatchNorm({name}, new BatchNormLayer {{ Momentum = {CodeText.Number(norm.Momentum)}, Epsilon = {CodeText.Number(norm.Epsilon)} }}, {input}, formats, device)",
            PoolLayer pool => $"new Pooling({name}, new PoolLayer {{ Pool = PoolKind.{pool.Pool}, Size = {pool.Size} }})",
            GlobalPoolLayer pool => $"new GlobalPooling({name}, new GlobalPoolLayer {{ Pool = GlobalPool.{pool.Pool} }})",
            FlattenLayer => $"new Flatten({name})",
            DropoutLayer dropout => $"new Dropout({name}, new DropoutLayer {{ Rate = {CodeText.Number(dropout.Rate)} }})",
            ActivationLayer { Activation: { Name: "prelu" } prelu } => $"new PRelu({name}, {Choice(prelu)}, {input}, formats, device)",
            ActivationLayer { Activation: { Name: "maxout" } maxout } => $"new Maxout({name}, {Choice(maxout)})",
            ActivationLayer activation => $"new Activation({name}, new ActivationLayer {{ Activation = {Choice(activation.Activation)} }})",
            _ => throw new NotSupportedException($"There is no TorchSharp code for layers of kind '{planned.Layer.Kind}'."),
        };
        Line($"{indent}{layer},  // [N, {string.Join(", ", planned.Output)}]");
    }

    private void Training()
    {
        var training = spec.Training;
        Line("var parameters = network.Parameters.ToArray();");
        Line("");
        Line("// How it is trained.");
        Line($"using var optimizer = OptimizerFactory.Create({Choice(training.Optimizer)},");
        Line("    [.. parameters.Select(parameter => parameter.Tensor)],");
        Line("    Array.FindIndex(parameters, parameter => parameter.Name == \"output.weight\"));");
        Line($"const double Peak = {CodeText.Number(training.Optimizer.Number("learningRate"))};");
        Line($"var schedule = LearningRateSchedule.Create({Choice(training.Schedule)}, new TrainingLength(Epochs, stepsPerEpoch));");
        Line($"var clipping = GradientClippingFactory.Create({Choice(training.GradientClipping)}, optimizer.Parameters);");
        Line($"var decay = WeightDecayFactory.Create({Choice(training.WeightDecay)}, parameters);");
        Line(training.EarlyStopping is { } stopping
            ? $"var stopping = new EarlyStopping(new EarlyStoppingSpec {{ Metric = ValidationMetric.{stopping.Metric}, Patience = {stopping.Patience}, MinimumChange = {CodeText.Number(stopping.MinimumChange)}, RestoreBest = {Flag(stopping.RestoreBest)} }});"
            : "EarlyStopping? stopping = null;");
        Line(training.EarlyStopping?.RestoreBest == true
            ? "using var best = new BestWeights([.. parameters.Select(parameter => (parameter.Name, parameter.Tensor)), .. network.Buffers]);"
            : "BestWeights? best = null;");
    }

    private static string Dataset(TechniqueChoice dataset)
    {
        return dataset.Name switch
        {
            "fashion-mnist" => Published("IdxImages.FashionMnist"),
            "mnist" => Published("IdxImages.Mnist"),
            "cifar-10" => Published("Cifar10.Published"),
            "shapes" => Drawn("DrawnShapes"),
            "xor" => Drawn("XorPoints"),
            _ => $"PlanePoints.Draw({Choice(dataset)}, seed)",
        };

        string Drawn(string type) => $"{type}.Draw({dataset.Integer("trainSamples")}, {dataset.Integer("testSamples")}, {CodeText.Number(dataset.Number("noise"))}, seed)";
        static string Published(string set) =>
            $"await {set}.LoadAsync(\n    new DatasetPlaces {{ Folder = args.Length > 0 ? args[0] : DatasetPlaces.DefaultFolder }},\n"
            + "    new Downloader((_, message, _) => Console.Error.WriteLine(message), TimeProvider.System, TimeSpan.FromSeconds(1)),\n    CancellationToken.None)";
    }

    // Whatever the spec names, so that lists of techniques can be cut down to it.
    private HashSet<string> Techniques()
    {
        var training = spec.Training;
        return
        [
            spec.Data.Dataset.Name, training.Optimizer.Name, training.Schedule.Name, training.GradientClipping.Name, training.WeightDecay.Name,
            .. facts.Layers().SelectMany(layer => layer.Layer.Layer switch
            {
                ConvLayer conv => [conv.Initialization.Name],
                DenseLayer dense => [dense.Initialization.Name],
                ActivationLayer activation => [activation.Activation.Name],
                _ => (string[])[],
            }),
        ];
    }

    private static string Choice(TechniqueChoice choice) =>
        $"new TechniqueChoice({string.Join(", ", choice.Parameters.Select(parameter => $"(\"{parameter.Key}\", {Value(parameter.Value)})").Prepend(CodeText.Text(choice.Name)))})";

    private static string Value(ParameterValue value) => value.Kind switch
    {
        ParameterKind.Boolean => Flag(value.Flag),
        ParameterKind.Text => CodeText.Text(value.Text ?? ""),
        ParameterKind.Numbers => $"new double[] {{ {string.Join(", ", value.Numbers.Select(CodeText.Number))} }}",
        _ => CodeText.Number(value.Number),
    };

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Optional(int? value) => value is { } number ? CodeText.Integer(number) : "null";

    private void Line(string line) => text.Append(line).Append('\n');
}
