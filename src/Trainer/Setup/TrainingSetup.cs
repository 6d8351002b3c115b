using TorchSharp.Modules;
using Trainyard.Specs.Events;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Optimizers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Setup;

/// <summary>Everything that a run trains with: data on the device, network, optimizer.</summary>
internal sealed class TrainingSetup : IDisposable
{
    // The planner's name for the last layer.
    private const string OutputWeights = "output.weight";

    // Training samples that LSUV measures.
    private const int ScalingSamples = 256;

    private readonly IReadOnlyList<(string Name, Tensor Tensor)> optimizerState;

    public TrainingSetup(ExperimentSpec spec, ModelPlan plan, Dataset dataset, torch.Device device)
    {
        Dataset = dataset;
        Spec = spec;
        Plan = plan;
        Device = device;
        Seed = new RunSeed(spec.Seed);

        var dataSeed = new RunSeed(spec.Data.Seed);
        Split = Split.Create(dataset.Train.Labels, spec.Data, dataSeed);
        CheckSplit(plan.Classes);
        Normalization = Normalization.Fit(dataset.Train, Split.Train);
        var labeled = spec.Data.LabelNoise > 0
            ? dataset.Train with { Labels = LabelNoise.Apply(dataset.Train.Labels, Split.Train, spec.Data.LabelNoise, plan.Classes, dataSeed) }
            : dataset.Train;
        Train = new BatchSource(labeled, Normalization, device, spec.Data.Features);
        Augmentation = spec.Data.Augmentation is { } augmentation ? new Augmentation(augmentation, device) : null;

        Precision = ProductPrecision.Decide(spec.Training.Precision, spec.Training.Device, plan, BatchSize);
        Network = Network.Build(plan, ProductPrecision.Formats(Precision), device, Seed);
        ScaleLayers();
        Parameter[] parameters = [.. Network.parameters()];
        Parameters = new FlatParameters(parameters);
        Optimizer = OptimizerFactory.Create(spec.Training.Optimizer, Parameters, Array.FindIndex(parameters, parameter => ReferenceEquals(parameter, Network.get_parameter(OutputWeights))));
        GradientClipping = Optimizers.GradientClipping.Create(spec.Training.GradientClipping, [Parameters.All]);
        WeightDecay = WeightDecayFactory.Create(spec.Training.WeightDecay, Parameters);
        optimizerState = OptimizerState();
        Best = spec.Training.EarlyStopping?.RestoreBest == true ? new BestWeights(Weights()) : null;
    }

    public ExperimentSpec Spec { get; }
    public ModelPlan Plan { get; }

    /// <summary>The samples as they were read or drawn, with their true labels.</summary>
    public Dataset Dataset { get; }

    public torch.Device Device { get; }
    public RunSeed Seed { get; }

    /// <summary>Training and validation samples, as indices into <see cref="Train"/>.</summary>
    public Split Split { get; }

    public Normalization Normalization { get; }

    /// <summary>Training and validation samples on the device.</summary>
    public BatchSource Train { get; }

    /// <summary>Random changes of training images; null: none.</summary>
    public Augmentation? Augmentation { get; }

    public int TestSamples => Dataset.Test.Count;
    public Precision Precision { get; }
    public Network Network { get; }

    /// <summary>The parameters of the network as one tensor.</summary>
    public FlatParameters Parameters { get; }

    public Optimizer Optimizer { get; }

    /// <summary>Clips the gradients in place, after backward, and returns their norm before; null: none.</summary>
    public Func<double>? GradientClipping { get; }

    /// <summary>Shrinks its weights towards zero; null: none.</summary>
    public WeightDecay? WeightDecay { get; }

    /// <summary>The weights of the best epoch; null: the run ends with those of its last.</summary>
    public BestWeights? Best { get; }

    /// <summary>Samples per update; all of them for a full batch.</summary>
    public int BatchSize => Math.Min(Spec.Training.BatchSize ?? int.MaxValue, Split.Train.Length);

    /// <summary>Updates per epoch; the last one may have fewer samples.</summary>
    public int StepsPerEpoch => (Split.Train.Length + BatchSize - 1) / BatchSize;

    /// <summary>Updates of the whole run.</summary>
    public long TotalSteps => (long)StepsPerEpoch * Spec.Training.Epochs;

    /// <summary>What another run can start from, by name: parameters and batch-norm statistics.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Weights() => [.. Network.state_dict().Select(entry => (entry.Key, entry.Value))];

    /// <summary>Every tensor of a checkpoint, by name: parameters, batch-norm statistics, optimizer state, and the weights of the best epoch.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State() =>
    [
        .. Weights(),
        .. optimizerState,
        .. Best?.State ?? [],
    ];

    /// <summary>Indices of samples as the engine takes them: [n] int64, on the device; owned by the caller.</summary>
    public Tensor Indices(int[] samples) => tensor(Array.ConvertAll(samples, sample => (long)sample), device: Device);

    /// <summary>The test samples on the device; owned by the caller.</summary>
    public BatchSource OpenTest() => new(Dataset.Test, Normalization, Device, Spec.Data.Features);

    public void Dispose()
    {
        Train.Dispose();
        Best?.Dispose();
        foreach (var (_, tensor) in optimizerState)
        {
            tensor.Dispose();
        }

        Optimizer.Dispose();
        Parameters.Dispose();
        Network.Dispose();
    }

    // The state of the optimizer by parameter: views of the tensors that it keeps.
    private IReadOnlyList<(string Name, Tensor Tensor)> OptimizerState()
    {
        using var scope = NewDisposeScope();
        var isFlat = ReferenceEquals(Optimizer.Parameters[0], Parameters.All);
        return
        [
            .. Network.named_parameters().SelectMany((parameter, index) =>
            {
                var owner = isFlat ? 0 : index;
                return Optimizer.StateNamesOf(owner).Zip(
                    Optimizer.StateOf(owner),
                    (name, tensor) => ($"optimizer.{name}.{parameter.name}", (isFlat ? Parameters.View(tensor, index) : tensor.alias()).DetachFromDisposeScope()));
            }),
        ];
    }

    // The rules of the spec hold for the size in the catalog; files may hold fewer samples.
    private void CheckSplit(int classes)
    {
        if (Split.Train.Length < classes || Split.Validation.Length < classes)
        {
            throw new RunFailureException(
                FailureClass.InvalidData,
                RunMessageCode.TooFewSamples,
                [("samples", Dataset.Train.Count), ("train", Split.Train.Length), ("validation", Split.Validation.Length), ("classes", classes)]);
        }
    }

    private void ScaleLayers()
    {
        if (!LayerSequentialScaling.IsUsed(Plan))
        {
            return;
        }

        using var scope = NewDisposeScope();
        var chosen = (int[])Split.Train.Clone();
        Seed.Stream(RandomPurpose.Scaling).Shuffle(chosen.AsSpan());
        LayerSequentialScaling.Apply(Network, Plan, Train.GetBatch(Indices(chosen[..Math.Min(ScalingSamples, chosen.Length)])).Samples);
    }
}
