using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>Collects changes of a spec for a suggestion. An edit that would change nothing is left out.</summary>
internal sealed class SpecEdits(ExperimentSpec spec)
{
    /// <summary>The largest that a spec may have.</summary>
    public const double LargestRate = 100;

    private const string DecayPointer = "/training/weightDecay/strength";
    private const string RatePointer = "/training/optimizer/learningRate";
    private const int MostUnits = 4096;
    private const int MostFilters = 1024;
    private const double WidestPreset = 8;
    private const double NarrowestPreset = 0.05;

    // Fewer units are not halved.
    private const int FewestHalved = 8;

    private const double StrongDropout = 0.5;

    // Times the default strength.
    private const double StrongestDecay = 100;

    private readonly JsonNode document = JsonSerializer.SerializeToNode(spec, SpecJson.Options)!;
    private readonly List<SpecChange> changes = [];

    public bool IsEmpty => changes.Count == 0;

    /// <summary>The learning rate with the edits so far.</summary>
    public double LearningRate => changes.Find(change => change.Path == RatePointer)?.Value?.GetDouble() ?? spec.Training.Optimizer.Number("learningRate");

    public SpecEdits ScaleLearningRate(double factor) => Set(RatePointer, Rounded(Math.Min(LargestRate, LearningRate * factor)));

    public SpecEdits UseActivation(string name)
    {
        if (HasEffect(spec.Model with { Activation = TechniqueCatalog.Default(TechniqueKind.Activation, name) }))
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

    public SpecEdits UseFittingInitialization() => UseInitialization(spec.Model.Activation.Name is "sigmoid" or "tanh" or "identity" ? "xavier" : "he");

    /// <summary>Clips the norm of the gradient, unless it is clipped already.</summary>
    public SpecEdits ClipGradients() => spec.Training.GradientClipping.Name == "none"
        ? Set("/training/gradientClipping", TechniqueCatalog.Default(TechniqueKind.GradientClipping, "norm"))
        : this;

    /// <summary>Adds dropout after dense layers, weight decay and early stopping, where they are missing.</summary>
    public SpecEdits Regularize()
    {
        if (spec.Model.Dropout.Dense == 0)
        {
            RaiseDenseDropout();
        }

        if (spec.Training.WeightDecay.Name == "none")
        {
            Set("/training/weightDecay", TechniqueCatalog.Default(TechniqueKind.WeightDecay, IsPlainDescent ? "l2" : "decoupled"));
        }

        return spec.Training.EarlyStopping is null
            ? Set("/training/earlyStopping", new EarlyStoppingSpec { Metric = ValidationMetric.ValidationLoss, Patience = DiagnosisState.Strip, MinimumChange = 0, RestoreBest = true })
            : this;
    }

    /// <summary>Raises dropout to a half after dense layers, and in the dropout layers of a list.</summary>
    public SpecEdits RaiseDropout()
    {
        RaiseDenseDropout();
        return EachLayer((layer, pointer) =>
        {
            if (layer is DropoutLayer { Rate: < StrongDropout })
            {
                Set($"{pointer}/rate", StrongDropout);
            }
        });
    }

    /// <summary>Ten times the weight decay, up to a hundred times the default.</summary>
    public SpecEdits StrengthenDecay()
    {
        if (spec.Training.WeightDecay is not { Name: not "none" } decay)
        {
            return this;
        }

        // The paper's form is not multiplied by the learning rate.
        var isUnscaled = decay.Parameters.ContainsKey("form") && decay.Text("form") == "paper";
        var strength = decay.Number("strength");
        var usual = Rounded(TechniqueCatalog.Default(TechniqueKind.WeightDecay, decay.Name).Number("strength") * (isUnscaled ? LearningRate : 1));
        return strength >= StrongestDecay * usual
            ? this
            : Set(DecayPointer, strength == 0 ? usual : Rounded(Math.Min(StrongestDecay * usual, 10 * strength)));
    }

    /// <summary>Weight decay that leaves the weights standing: a hundredth, or as much less as its effect in one update exceeds a hundredth of a weight.</summary>
    public SpecEdits WeakenDecay()
    {
        if (spec.Training.WeightDecay is not { Name: not "none" } decay)
        {
            return this;
        }

        var hundredth = decay.Number("strength") / 100;
        return Set(DecayPointer, Rounded(WeightDecayEffect.Of(spec) is { } effect ? Math.Min(hundredth, effect.Suggested) : hundredth));
    }

    /// <summary>The suggestion of a strength of weight decay, which is an argument.</summary>
    public Suggestion? SuggestDecay() =>
        changes.Find(change => change.Path == DecayPointer)?.Value is { } strength ? Suggest(SuggestionCode.WeakerDecay, ("strength", strength.GetDouble())) : null;

    /// <summary>Random crops, and flips where the flipped image is of the same class, unless images are augmented already.</summary>
    public SpecEdits Augment()
    {
        var (input, now) = (DatasetShape.From(spec.Data.Dataset).Input, spec.Data.Augmentation);
        return input.Count != 3 || now is { Flip: true } or { Crop: > 0 } or { Cutout: > 0 }
            ? this
            : Set(
                "/data/augmentation",
                new AugmentationSpec { Flip = spec.Data.Dataset.Name != "mnist", Crop = input[1] / 8, Cutout = 0, TestTimeFlip = now?.TestTimeFlip ?? false });
    }

    /// <summary>Halves the width of the network, where its layers can be halved.</summary>
    public SpecEdits Narrow()
    {
        var before = changes.Count;
        switch (spec.Model.Kind)
        {
            case ModelKind.Preset when spec.Model.Preset!.Parameters.ContainsKey("width"):
                return Set("/model/preset/width", Rounded(Math.Max(NarrowestPreset, 0.5 * spec.Model.Preset.Number("width"))));
            case ModelKind.Preset when spec.Model.Preset!.Name == "mlp-5x100":
                return Set("/model/kind", ModelKind.Mlp).Set<TechniqueChoice?>("/model/preset", null).Set("/model/dense", Enumerable.Repeat(50, 5).ToArray());
            case ModelKind.Mlp or ModelKind.Cnn:
                for (var index = 0; index < spec.Model.Blocks.Count; index++)
                {
                    Set($"/model/blocks/{index}/filters", Half(spec.Model.Blocks[index].Filters));
                }

                return Set("/model/dense", spec.Model.Dense.Select(Half).ToArray());
            default:
                EachLayer((layer, pointer) => _ = layer switch
                {
                    ConvLayer conv => Set($"{pointer}/filters", Half(conv.Filters)),
                    DenseLayer dense => Set($"{pointer}/units", Half(dense.Units)),
                    _ => this,
                });

                // A residual layer cannot be narrower than its input, nor maxout than its pieces.
                return RevertIfInvalid(before);
        }

        static int Half(int width) => width < FewestHalved ? width : width / 2;
    }

    public SpecEdits SetEpochs(int epochs) => Set("/training/epochs", epochs);

    /// <summary>Batch normalization before each activation, where it has an effect and a batch is more than one sample.</summary>
    public SpecEdits UseBatchNorm()
    {
        var norm = new BatchNormSpec { Position = BatchNormPosition.Before, Momentum = 0.1, Epsilon = 1e-5 };
        return spec.Model.BatchNorm is null && spec.Training.BatchSize != 1 && HasEffect(spec.Model with { BatchNorm = norm }) ? Set("/model/batchNorm", norm) : this;
    }

    public SpecEdits UseAdam() => IsPlainDescent ? Set("/training/optimizer", TechniqueCatalog.Default(TechniqueKind.Optimizer, "adam")) : this;

    /// <summary>Doubles the width of the network; a network without a hidden layer gets one.</summary>
    public SpecEdits Widen()
    {
        var before = changes.Count;
        switch (spec.Model.Kind)
        {
            case ModelKind.Preset when spec.Model.Preset!.Parameters.ContainsKey("width"):
                return Set("/model/preset/width", Math.Min(WidestPreset, 2 * spec.Model.Preset.Number("width"))).RevertIfInvalid(before);
            case ModelKind.Preset when spec.Model.Preset.Name == "perceptron":
                return Set("/model/preset", TechniqueCatalog.Default(TechniqueKind.Preset, "mlp-5x100"));
            case ModelKind.Mlp or ModelKind.Cnn:
                for (var index = 0; index < spec.Model.Blocks.Count; index++)
                {
                    Set($"/model/blocks/{index}/filters", Math.Max(spec.Model.Blocks[index].Filters, Math.Min(MostFilters, 2 * spec.Model.Blocks[index].Filters)));
                }

                return Set("/model/dense", spec.Model.Dense.Count == 0 ? [32] : spec.Model.Dense.Select(units => Math.Max(units, Math.Min(MostUnits, 2 * units))).ToArray())
                    .RevertIfInvalid(before);
            default:
                return this;
        }
    }

    public SpecEdits MoreEpochs(int factor) => Set("/training/epochs", Math.Min(10_000, factor * spec.Training.Epochs));

    /// <summary>The suggestion; null when nothing would change.</summary>
    public Suggestion? Suggest(SuggestionCode code, params (string Name, object? Value)[] arguments) =>
        IsEmpty ? null : Suggestion.Create(code, changes, arguments);

    /// <summary>The suggestion of a learning rate, whose value is an argument.</summary>
    public Suggestion? SuggestLearningRate(SuggestionCode code, params (string Name, object? Value)[] arguments) =>
        Suggest(code, [.. arguments, ("learningRate", LearningRate)]);

    // Whether the change affects any layer.
    private bool HasEffect(ModelSpec changed) => ModelPlanner.Differ(spec.Model, changed, DatasetShape.OfInput(spec.Data));

    // The layers or the limit of parameters may not allow it.
    private SpecEdits RevertIfInvalid(int before)
    {
        if (!SpecChanges.Apply(spec, changes).IsValid)
        {
            changes.RemoveRange(before, changes.Count - before);
        }

        return this;
    }

    private void RaiseDenseDropout()
    {
        if (spec.Model.Dropout.Dense < StrongDropout && HasEffect(spec.Model with { Dropout = spec.Model.Dropout with { Dense = StrongDropout } }))
        {
            Set("/model/dropout/dense", StrongDropout);
        }
    }

    private bool IsPlainDescent => spec.Training.Optimizer.Name is "sgd" or "momentum" or "nesterov";

    // Null removes the member.
    private SpecEdits Set<T>(string pointer, T value)
    {
        var node = JsonSerializer.SerializeToNode(value, SpecJson.Options);
        if (!JsonNode.DeepEquals(At(pointer), node))
        {
            changes.Add(new SpecChange { Path = pointer, Value = value is null ? null : JsonSerializer.SerializeToElement(value, SpecJson.Options) });
        }

        return this;
    }

    private JsonNode? At(string pointer) => pointer[1..].Split('/').Aggregate(
        (JsonNode?)document, (node, token) => node is JsonArray items ? items[int.Parse(token, CultureInfo.InvariantCulture)] : node?[token]);

    // Four digits: 0.005, not 0.005000000000000001.
    private static double Rounded(double number) => double.Parse(number.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

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
