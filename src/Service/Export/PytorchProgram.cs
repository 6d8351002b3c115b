using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

/// <summary>Writes the PyTorch program of a run: parts of <c>Code/Python</c>, and between them what the spec says.</summary>
internal sealed class PytorchProgram(RunFacts facts)
{
    private static readonly string[] Imports =
        ["gzip", "math", "os", "struct", "sys", "from collections import OrderedDict", "", "numpy as np", "torch", "torch.nn.functional as F", "from torch import nn"];

    private readonly ExperimentSpec spec = facts.Spec;
    private readonly PytorchText text = new();

    /// <summary>The program.</summary>
    public static string Write(RunFacts facts) => new PytorchProgram(facts).Write();

    private string Write()
    {
        var dataset = PytorchTechniques.Of(TechniqueKind.Dataset, spec.Data.Dataset);
        Header();
        Settings();
        text.Parts("random_streams");
        text.Parts(dataset.Parts);
        text.Parts("split");
        if (spec.Data.LabelNoise > 0)
        {
            text.Parts("label_noise");
        }

        if (spec.Data.Augmentation is not null)
        {
            text.Parts("augmentation");
        }

        new PytorchNetwork(facts, text).Write();
        new PytorchTraining(facts, text).Write();
        return text.ToString();
    }

    private void Header()
    {
        text.Line("# " + CodeText.Comment(spec.Name));
        text.Line($"# Reproduces run {facts.Id} (spec {spec.Sha256()[..12]}) in PyTorch.");
        text.Line("#");
        text.Line("#   python3 program.py [folder of the datasets]      needs torch 1.13 or newer and numpy");
        text.Line("#");
        text.Line("# Equal to the recorded run: data, split, label noise, order, augmentation and first weights (but for a last bit of a rounded logarithm");
        text.Line("# or decomposition), and every formula. Not equal bit for bit: sums that another version of the engine or another number of threads adds");
        text.Line("# in another order, so losses agree to some digits at first and drift apart; and what dropout drops, which is drawn by the engine's own");
        text.Line("# generator (the same seeds, but the masks are those of the recorded run only with the same engine).");
        if (facts.WeightsNote is { } note)
        {
            text.Line("# " + note);
        }

        if (facts.Bfloat16)
        {
            text.Line("# The run multiplied in bfloat16 with float32 weights; autocast rounds at slightly other places.");
        }

        foreach (var import in Imports)
        {
            text.Line(import.Length == 0 || import.StartsWith("from", StringComparison.Ordinal) ? import : "import " + import);
        }
    }

    private void Settings()
    {
        var (data, training, dataset) = (spec.Data, spec.Training, spec.Data.Dataset);
        text.Line("");
        text.Line($"SEED = {spec.Seed}");
        text.Line($"DATASET = {CodeText.Text(dataset.Name)}");
        text.Line($"CLASSES = {facts.Plan.Classes}");
        if (dataset.Parameters.ContainsKey("trainSamples"))
        {
            text.Line($"TRAIN_COUNT, TEST_COUNT, NOISE = {dataset.Integer("trainSamples")}, {dataset.Integer("testSamples")}, {CodeText.Number(dataset.Number("noise"))}");
        }

        text.Line($"VALIDATION_FRACTION, VALIDATION_COUNT = {CodeText.Number(data.ValidationFraction)}, {PytorchText.Optional(data.ValidationCount)}");
        text.Line($"TRAIN_LIMIT = {PytorchText.Optional(data.TrainLimit)}");
        if (data.LabelNoise > 0)
        {
            text.Line($"LABEL_NOISE_SHARE = {CodeText.Number(data.LabelNoise)}");
        }

        if (data.Augmentation is { } augmentation)
        {
            text.Line($"FLIP, CROP, CUTOUT = {PytorchText.Flag(augmentation.Flip)}, {augmentation.Crop}, {augmentation.Cutout}");
        }

        text.Line($"TEST_TIME_FLIP = {PytorchText.Flag(data.Augmentation?.TestTimeFlip == true)}");

        text.Line($"EPOCHS = {training.Epochs}");
        text.Line($"BATCH_SIZE = {PytorchText.Optional(training.BatchSize)}{(training.BatchSize is null ? "  # all samples at once" : "")}");
        text.Line($"LEARNING_RATE = {CodeText.Number(training.Optimizer.Number("learningRate"))}");
        text.Line($"LABEL_SMOOTHING = {CodeText.Number(training.LabelSmoothing)}");
        text.Line($"BFLOAT16 = {PytorchText.Flag(facts.Bfloat16)}");
        text.Line($"DEVICE = {CodeText.Text(training.Device == Specs.Spec.Device.Cuda ? "cuda" : "cpu")}");
        if (DatasetShape.From(dataset).Input.Count == 3 && dataset.Name != "shapes")
        {
            text.Line("DATA_FOLDERS = [*sys.argv[1:2], os.path.expanduser(\"~/.cache/trainyard/datasets\"), \"/usr/share/datasets\"]");
        }
    }
}
