using System.Globalization;
using System.Text.Json;
using Trainyard.Specs;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Data;
using Trainyard.Specs.Diagnosis;
using Trainyard.Specs.Models;
using Trainyard.Specs.Training;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>Collects changes of a spec that should help. An edit that would change nothing is left out.</summary>
internal sealed class SpecEdits(ExperimentSpec spec)
{
    private const string RatePointer = "/training/optimizer/learningRate";
    private const double LargestRate = 100;
    private const int MostUnits = 4096;
    private const int MostFilters = 1024;
    private const double WidestPreset = 8;

    private readonly List<SpecChange> changes = [];

    /// <summary>Whether nothing would change.</summary>
    public bool IsEmpty => changes.Count == 0;

    /// <summary>The learning rate of the spec.</summary>
    public double LearningRate => spec.Training.Optimizer.Number("learningRate");

    /// <summary>Multiplies the learning rate.</summary>
    public SpecEdits ScaleLearningRate(double factor)
    {
        var rate = Math.Min(LargestRate, LearningRate * factor);
        // Four digits: 0.005, not 0.005000000000000001.
        return Set(RatePointer, double.Parse(rate.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    /// <summary>Uses an activation everywhere.</summary>
    public SpecEdits UseActivation(string name)
    {
        if (IsHeard(spec.Model with { Activation = TechniqueCatalog.Default(TechniqueKind.Activation, name) }))
        {
            ReplaceTechnique("/model/activation", spec.Model.Activation, TechniqueKind.Activation, name);
        }

        for (var index = 0; index < spec.Model.Blocks.Count; index++)
        {
            ReplaceTechnique($"/model/blocks/{index}/activation", spec.Model.Blocks[index].Activation, TechniqueKind.Activation, name);
        }

        return EachLayer((layer, pointer) =>
        {
            if (layer is ActivationLayer activation)
            {
                ReplaceTechnique($"{pointer}/activation", activation.Activation, TechniqueKind.Activation, name);
            }
        });
    }

    /// <summary>Initialises all weights in one way.</summary>
    public SpecEdits UseInitialization(string name)
    {
        ReplaceTechnique("/model/initialization", spec.Model.Initialization, TechniqueKind.Initialization, name);
        for (var index = 0; index < spec.Model.Blocks.Count; index++)
        {
            ReplaceTechnique($"/model/blocks/{index}/initialization", spec.Model.Blocks[index].Initialization, TechniqueKind.Initialization, name);
        }

        return EachLayer((layer, pointer) =>
        {
            if ((layer as ConvLayer)?.Initialization is { } conv)
            {
                ReplaceTechnique($"{pointer}/initialization", conv, TechniqueKind.Initialization, name);
            }
            else if ((layer as DenseLayer)?.Initialization is { } dense)
            {
                ReplaceTechnique($"{pointer}/initialization", dense, TechniqueKind.Initialization, name);
            }
        });
    }

    /// <summary>The initialisation that the theory gives for the model's activation.</summary>
    public static string InitializationFor(string activation) => activation is "sigmoid" or "tanh" or "identity" ? "xavier" : "he";

    /// <summary>Bounds the gradient, unless it is bounded already.</summary>
    public SpecEdits ClipGradients() => spec.Training.GradientClipping.Name == "none"
        ? Set("/training/gradientClipping", TechniqueCatalog.Default(TechniqueKind.GradientClipping, "norm"))
        : this;

    /// <summary>Adds dropout after dense layers, weight decay and early stopping, where they are missing.</summary>
    public SpecEdits Regularize()
    {
        if (spec.Model.Dropout.Dense == 0 && IsHeard(spec.Model with { Dropout = spec.Model.Dropout with { Dense = 0.5 } }))
        {
            Set("/model/dropout/dense", 0.5);
        }

        if (spec.Training.WeightDecay.Name == "none")
        {
            var adaptive = spec.Training.Optimizer.Name is not ("sgd" or "momentum" or "nesterov");
            Set("/training/weightDecay", TechniqueCatalog.Default(TechniqueKind.WeightDecay, adaptive ? "decoupled" : "l2"));
        }

        return spec.Training.EarlyStopping is null
            ? Set("/training/earlyStopping", new EarlyStoppingSpec { Metric = ValidationMetric.ValidationLoss, Patience = DiagnosisState.Strip, MinimumChange = 0, RestoreBest = true })
            : this;
    }

    /// <summary>Doubles the width of the network; a network without a hidden layer gets one.</summary>
    public SpecEdits Widen()
    {
        switch (spec.Model.Kind)
        {
            case ModelKind.Preset when spec.Model.Preset!.Parameters.ContainsKey("width"):
                return Set("/model/preset/width", Math.Min(WidestPreset, 2 * spec.Model.Preset.Number("width")));
            case ModelKind.Preset when spec.Model.Preset.Name == "perceptron":
                return Set("/model/preset", TechniqueCatalog.Default(TechniqueKind.Preset, "mlp-5x100"));
            case ModelKind.Mlp or ModelKind.Cnn:
                for (var index = 0; index < spec.Model.Blocks.Count; index++)
                {
                    Set($"/model/blocks/{index}/filters", Math.Max(spec.Model.Blocks[index].Filters, Math.Min(MostFilters, 2 * spec.Model.Blocks[index].Filters)));
                }

                return Set("/model/dense", spec.Model.Dense.Count == 0 ? [32] : spec.Model.Dense.Select(units => Math.Max(units, Math.Min(MostUnits, 2 * units))).ToArray());
            default:
                return this;
        }
    }

    /// <summary>Trains for longer.</summary>
    public SpecEdits MoreEpochs(int factor) => Set("/training/epochs", Math.Min(10_000, factor * spec.Training.Epochs));

    /// <summary>The suggestion; null when there is nothing to change.</summary>
    public Suggestion? Suggest(SuggestionCode code, params (string Name, object? Value)[] arguments) =>
        IsEmpty ? null : Suggestion.Of(code, changes, arguments);

    // Whether any layer listens to what is changed.
    private bool IsHeard(ModelSpec changed) => ModelPlanner.Differ(spec.Model, changed, DatasetShapes.Of(spec.Data.Dataset));

    private SpecEdits Set<T>(string pointer, T value)
    {
        changes.Add(new SpecChange { Path = pointer, Value = JsonSerializer.SerializeToElement(value, SpecJson.Options) });
        return this;
    }

    private void ReplaceTechnique(string pointer, TechniqueChoice? current, TechniqueKind kind, string name)
    {
        if (current is not null && current.Name != name)
        {
            Set(pointer, TechniqueCatalog.Default(kind, name));
        }
    }

    private SpecEdits EachLayer(Action<LayerSpec, string> edit)
    {
        Visit(spec.Model.Layers, "/model/layers");
        return this;

        void Visit(IReadOnlyList<LayerSpec> layers, string parent)
        {
            for (var index = 0; index < layers.Count; index++)
            {
                edit(layers[index], $"{parent}/{index}");
                if (layers[index] is ResidualLayer residual)
                {
                    Visit(residual.Layers, $"{parent}/{index}/layers");
                }
            }
        }
    }
}
