using System.Globalization;
using System.Text;
using Trainyard.Specs;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Data;
using Trainyard.Specs.Models;

namespace Trainyard.Service.Code;

/// <summary>Writes the PyTorch program of a run: parts of <c>Code/Python</c>, and between them what the spec says.</summary>
internal sealed class PytorchProgram(RunFacts facts)
{
    private static readonly string[] Imports =
        ["gzip", "math", "os", "struct", "sys", "from collections import OrderedDict", "", "numpy as np", "torch", "torch.nn.functional as F", "from torch import nn"];

    private readonly ExperimentSpec spec = facts.Spec;
    private readonly StringBuilder text = new();
    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    /// <summary>The program.</summary>
    public static string Write(RunFacts facts) => new PytorchProgram(facts).Write();

    private string Write()
    {
        var dataset = PytorchTechniques.Of(TechniqueKind.Dataset, spec.Data.Dataset);
        Header();
        Settings();
        Parts("random_streams");
        Parts(dataset.Parts);
        Parts("split");
        if (spec.Data.LabelNoise > 0)
        {
            Parts("label_noise");
        }

        if (spec.Data.Augmentation is not null)
        {
            Parts("augmentation");
        }

        Layers();
        Schedule();
        Parts(Optimizer().Parts);
        Main();
        return text.ToString();
    }

    private void Header()
    {
        Line("# " + CodeText.Comment(spec.Name));
        Line($"# Reproduces run {facts.Id} (spec {SpecJson.Sha256(spec)[..12]}) in PyTorch.");
        Line("#");
        Line("#   python3 program.py [folder of the datasets]      needs torch 1.13 or newer and numpy");
        Line("#");
        Line("# Equal to the recorded run: data, split, label noise, order, augmentation and first weights (but for a last bit of a rounded logarithm");
        Line("# or decomposition), and every formula. Not equal bit for bit: sums that another version of the engine or another number of threads adds");
        Line("# in another order, so losses agree to some digits at first and drift apart; and what dropout drops, which is drawn by the engine's own");
        Line("# generator (the same seeds, but the masks are those of the recorded run only with the same engine).");
        if (facts.WeightsNote is { } note)
        {
            Line("# " + note);
        }

        if (facts.Bfloat16)
        {
            Line("# The run multiplied in bfloat16 with float32 weights; autocast rounds at slightly other places.");
        }

        foreach (var import in Imports)
        {
            Line(import.Length == 0 || import.StartsWith("from", StringComparison.Ordinal) ? import : "import " + import);
        }
    }

    private void Settings()
    {
        var (data, training, dataset) = (spec.Data, spec.Training, spec.Data.Dataset);
        Line("");
        Line($"SEED = {spec.Seed}");
        Line($"DATASET = {CodeText.Text(dataset.Name)}");
        Line($"CLASSES = {facts.Plan.Classes}");
        if (dataset.Parameters.ContainsKey("trainSamples"))
        {
            Line($"TRAIN_COUNT, TEST_COUNT, NOISE = {dataset.Integer("trainSamples")}, {dataset.Integer("testSamples")}, {CodeText.Number(dataset.Number("noise"))}");
        }

        Line($"VALIDATION_FRACTION, VALIDATION_COUNT = {CodeText.Number(data.ValidationFraction)}, {Optional(data.ValidationCount)}");
        Line($"TRAIN_LIMIT = {Optional(data.TrainLimit)}");
        if (data.LabelNoise > 0)
        {
            Line($"LABEL_NOISE_SHARE = {CodeText.Number(data.LabelNoise)}");
        }

        if (data.Augmentation is { } augmentation)
        {
            Line($"FLIP, CROP, CUTOUT = {Flag(augmentation.Flip)}, {augmentation.Crop}, {augmentation.Cutout}");
        }

        Line($"TEST_TIME_FLIP = {Flag(data.Augmentation?.TestTimeFlip == true)}");

        Line($"EPOCHS = {training.Epochs}");
        Line($"BATCH_SIZE = {Optional(training.BatchSize)}{(training.BatchSize is null ? "  # all samples at once" : "")}");
        Line($"LEARNING_RATE = {CodeText.Number(training.Optimizer.Number("learningRate"))}");
        Line($"LABEL_SMOOTHING = {CodeText.Number(training.LabelSmoothing)}");
        Line($"BFLOAT16 = {Flag(facts.Bfloat16)}");
        Line($"DEVICE = {CodeText.Text(training.Device == Specs.Training.Device.Cuda ? "cuda" : "cpu")}");
        if (DatasetShapes.Of(dataset).Input.Count == 3 && dataset.Name != "shapes")
        {
            Line("DATA_FOLDERS = [*sys.argv[1:2], os.path.expanduser(\"~/.cache/trainyard/datasets\"), \"/usr/share/datasets\"]");
        }
    }

    private void Layers()
    {
        var layers = facts.Layers().ToList();
        Parts("init");
        foreach (var (planned, _, _) in layers)
        {
            Parts(planned.Layer switch
            {
                BatchNormLayer => ["layers_batch_norm"],
                GlobalPoolLayer => ["layers_global_pool"],
                ResidualLayer => ["layers_residual"],
                ActivationLayer activation => PytorchTechniques.Of(TechniqueKind.Activation, activation.Activation).Parts,
                ConvLayer conv => PytorchTechniques.Of(TechniqueKind.Initialization, conv.Initialization).Parts,
                DenseLayer dense => PytorchTechniques.Of(TechniqueKind.Initialization, dense.Initialization).Parts,
                _ => [],
            });
        }

        Line("");
        Line("");
        Line($"# The network, [N, {string.Join(", ", facts.Plan.Input)}] to [N, {facts.Plan.Classes}].");
        Line("network = nn.Sequential(OrderedDict([");
        foreach (var planned in facts.Plan.Layers)
        {
            Layer(planned, 1);
        }

        Line("]))");
        Line("with torch.no_grad():");
        foreach (var (planned, position, path) in layers)
        {
            if (Initialization(planned.Layer) is { } initialization)
            {
                var target = $"network.{string.Join('.', path)}, RandomStream(WEIGHTS, {position})";
                Line("    " + string.Format(CultureInfo.InvariantCulture, PytorchTechniques.Of(TechniqueKind.Initialization, initialization).Line, target));
            }
        }
    }

    private void Layer(PlannedLayer planned, int depth)
    {
        var indent = new string(' ', 4 * depth);
        var name = CodeText.Text(planned.Name.Split('.', '/')[^1]);
        if (planned.Layer is ResidualLayer)
        {
            Line($"{indent}({name}, Residual(OrderedDict([");
            foreach (var inner in planned.Inner)
            {
                Layer(inner, depth + 1);
            }

            Line($"{indent}]))),");
            return;
        }

        Line($"{indent}({name}, {Module(planned)}),  # [N, {string.Join(", ", planned.Output)}]");
    }

    private static string Module(PlannedLayer planned) => planned.Layer switch
    {
        ConvLayer conv => $"nn.Conv2d({planned.Input[0]}, {conv.Filters}, {conv.Kernel}, stride={conv.Stride}, padding={conv.Padding}, dilation={conv.Dilation}, bias={Flag(conv.Bias)})",
        DenseLayer dense => $"nn.Linear({planned.Input[0]}, {dense.Units}, bias={Flag(dense.Bias)})",
        PoolLayer pool => $"nn.{(pool.Pool == PoolKind.Max ? "MaxPool2d" : "AvgPool2d")}({pool.Size})",
        GlobalPoolLayer pool => $"GlobalPool({(pool.Pool == GlobalPool.Max ? "\"max\"" : "\"average\"")})",
        FlattenLayer => "nn.Flatten()",
        BatchNormLayer norm => $"BatchNorm({planned.Input[0]}, momentum={CodeText.Number(norm.Momentum)}, epsilon={CodeText.Number(norm.Epsilon)})",
        DropoutLayer dropout => $"nn.Dropout({CodeText.Number(dropout.Rate)})",
        ActivationLayer activation => string.Format(
            CultureInfo.InvariantCulture, PytorchTechniques.Of(TechniqueKind.Activation, activation.Activation).Line, planned.Input[0]),
        _ => throw new NotSupportedException($"There is no PyTorch code for layers of kind '{planned.Layer.Kind}'."),
    };

    private void Schedule()
    {
        var schedule = PytorchTechniques.Of(TechniqueKind.Schedule, spec.Training.Schedule);
        Parts(schedule.Parts);
        Line("");
        Line("");
        if (HasPlateau)
        {
            Line($"plateau = {schedule.Line}");
            Line("");
            Line("");
            Line("def factor(step):");
            Line("    \"\"\"Factor on the learning rate of the update after so many updates.\"\"\"");
            Line("    return plateau.value");
            return;
        }

        var warmup = spec.Training.Schedule.Parameters.ContainsKey("warmup") ? spec.Training.Schedule.Number("warmup") : 0;
        Line("def factor(step):");
        Line("    \"\"\"Factor on the learning rate of the update after so many updates.\"\"\"");
        if (warmup > 0)
        {
            Line("    if step < WARMUP:");
            Line("        return (step + 1) / WARMUP");
            Line("    step -= WARMUP");
        }

        Line("    epochs = step / STEPS_PER_EPOCH");
        Line($"    return {schedule.Line}");
    }

    private void Main()
    {
        var (training, data) = (spec.Training, spec.Data);
        Line("");
        Line("");
        Line("(train_x, train_y), (test_x, test_y) = load_data()");
        Line("train, validation = split(train_y)");
        Line("scale, shift = normalization(train_x[train])");
        if (data.LabelNoise > 0)
        {
            Line("train_y = disturb(train_y, train)");
        }

        Line("samples, labels = torch.tensor(train_x), torch.tensor(train_y.astype(np.int64))");
        Line("");
        Line("BATCH_SIZE = min(BATCH_SIZE or len(train), len(train))");
        Line("STEPS_PER_EPOCH = math.ceil(len(train) / BATCH_SIZE)");
        Line("TOTAL_STEPS = EPOCHS * STEPS_PER_EPOCH");
        var warmup = training.Schedule.Parameters.ContainsKey("warmup") ? training.Schedule.Number("warmup") : 0;
        Line($"WARMUP = min(round({CodeText.Number(warmup)} * STEPS_PER_EPOCH), TOTAL_STEPS)");
        Line("STEPS = max(1, TOTAL_STEPS - WARMUP)");
        Parts("loop");
        Line("");
        Line("");
        if (facts.Layers().Any(layer => Initialization(layer.Layer.Layer)?.Name == "lsuv"))
        {
            Line("chosen = list(train)");
            Line("RandomStream(SCALING).shuffle(chosen)");
            Line("with torch.no_grad():");
            Line("    network.eval()");
            Line("    scale_layers(network, batch(samples, labels, chosen[:256])[0].cpu())");
        }

        Line("network.to(DEVICE)");
        Line("parameters = list(network.parameters())");
        if (training.WeightDecay.Name != "none")
        {
            Line(training.WeightDecay.Flag("biasAndNorm")
                ? "pulled = parameters"
                : "pulled = [weights for weights in parameters if weights.dim() > 1]  # not biases, batch norm and learned slopes");
        }

        Line($"optimizer = {Optimizer().Line}");
        Line("step = 0");
        if (training.EarlyStopping is not null)
        {
            Line("best, waited = None, 0");
        }

        Line("for epoch in range(EPOCHS):");
        Line("    order = list(train)");
        Line("    RandomStream(ORDER, epoch).shuffle(order)");
        Line("    network.train()");
        Line("    loss_sum, correct = 0.0, 0");
        Line("    for first in range(0, len(order), BATCH_SIZE):");
        Line($"        x, y = batch(samples, labels, order[first : first + BATCH_SIZE]{(data.Augmentation is null ? "" : ", RandomStream(AUGMENTATION, step)")})");
        if (facts.Layers().Any(layer => layer.Layer.Layer is DropoutLayer))
        {
            Line("        torch.manual_seed(derive(DROPOUT, step) >> 1)");
        }

        Line("        scores = scores_of(x)");
        Line("        loss = F.cross_entropy(scores, y, label_smoothing=LABEL_SMOOTHING)");
        Line("        optimizer.zero_grad()");
        Line("        loss.backward()");
        Line("        rate = LEARNING_RATE * factor(step)");
        var clipping = PytorchTechniques.Of(TechniqueKind.GradientClipping, training.GradientClipping);
        if (clipping.Line.Length > 0)
        {
            Line($"        {clipping.Line}");
        }

        var decay = PytorchTechniques.Of(TechniqueKind.WeightDecay, training.WeightDecay);
        if (decay.Line.Length > 0)
        {
            Line("        with torch.no_grad():");
            Line("            for weights in pulled:");
            Line($"                {decay.Line}");
        }

        Line("        for group in optimizer.param_groups:");
        Line("            group[\"lr\"] = rate");
        Line("        optimizer.step()");
        Line("        step += 1");
        Line("        value = loss.item()");
        Line("        if not math.isfinite(value):");
        Line("            raise SystemExit(f\"the loss became {value} at step {step}\")");
        Line("        loss_sum += value * len(y)");
        Line("        correct += (scores.argmax(1) == y).sum().item()");
        Line("    validation_loss, validation_accuracy = evaluate(samples, labels, validation)");
        Line("    print(f\"epoch {epoch + 1}: train loss {loss_sum / len(train):.9g}, train accuracy {correct / len(train):.9g}, \"");
        Line("          f\"validation loss {validation_loss:.9g}, validation accuracy {validation_accuracy:.9g}\", flush=True)");
        if (HasPlateau)
        {
            Line("    plateau.epoch_ended(validation_loss, validation_accuracy)");
        }

        if (training.EarlyStopping is { } stopping)
        {
            var loss = stopping.Metric == Specs.Training.ValidationMetric.ValidationLoss;
            Line($"    value = {(loss ? "validation_loss" : "validation_accuracy")}");
            Line($"    if best is None or value {(loss ? "<" : ">")} best {(loss ? "-" : "+")} {CodeText.Number(stopping.MinimumChange)}:");
            Line("        best, waited = value, 0");
            Line("    else:");
            Line("        waited += 1");
            Line($"    if waited >= {stopping.Patience}:");
            Line("        break");
        }

        if (training.EvaluateTest)
        {
            Line("");
            Line("test_loss, test_accuracy = evaluate(torch.tensor(test_x), torch.tensor(test_y.astype(np.int64)), list(range(len(test_y))))");
            Line("print(f\"test loss {test_loss:.9g}, test accuracy {test_accuracy:.9g}\")");
        }
    }

    private bool HasPlateau => spec.Training.Schedule.Name == "plateau";

    private PytorchTechniques.Entry Optimizer() => PytorchTechniques.Of(TechniqueKind.Optimizer, spec.Training.Optimizer);

    private static TechniqueChoice? Initialization(LayerSpec layer) => layer switch
    {
        ConvLayer conv => conv.Initialization,
        DenseLayer dense => dense.Initialization,
        _ => null,
    };

    private static string Flag(bool value) => value ? "True" : "False";

    private static string Optional(int? value) => value is { } number ? CodeText.Integer(number) : "None";

    private void Parts(params string[] names)
    {
        foreach (var name in names.Where(written.Add))
        {
            Line("");
            Line("");
            text.Append(CodeText.Part($"python/{name}.py"));
        }
    }

    private void Line(string line) => text.Append(line).Append('\n');
}
