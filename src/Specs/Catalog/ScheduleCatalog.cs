using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Courses of the learning rate. Each is a factor on the optimizer's learning rate; <c>t</c> is the time in epochs.</summary>
internal static class ScheduleCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Schedule(
            "constant", "Constant", "factor 1 at every step",
            "The learning rate stays as it is. The right start; a falling rate nearly always ends better.",
            "Bottou, Curtis, Nocedal: Optimization Methods for Large-Scale Machine Learning, 2018, theorem 4.6",
            Warmup()),
        Schedule(
            "step", "Steps of equal length", "factor^floor(t / every)",
            "The rate falls by a factor every few epochs. Simple and strong when you know how long a plateau lasts.",
            "torch.optim.lr_scheduler.StepLR",
            Number("every", 10, 0, 10_000, "Epochs between two falls.", "epochs", above: true),
            Factor(0.1), Warmup()),
        Schedule(
            "multistep", "Steps at milestones", "factor^(number of milestones reached)",
            "The rate falls at the epochs that you name. The classical recipe of image classification: at a half and at three quarters.",
            "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2016; torch.optim.lr_scheduler.MultiStepLR",
            Numbers("milestones", [5, 8], 32, 0, 10_000, "Epochs at which the rate falls, in rising order.", "epochs"),
            Factor(0.1), Warmup()),
        Schedule(
            "exponential", "Exponential", "factor^floor(t)",
            "The rate falls by the same share every epoch. Use it when you know neither a good moment for a fall nor how long training will take.",
            "torch.optim.lr_scheduler.ExponentialLR",
            Factor(0.95), Warmup()),
        Schedule(
            "cosine", "Cosine", "minimum + (1 - minimum) (1 + cos(pi c)) / 2, c the share of the cycle that is done",
            "Falls slowly, then fast, then slowly to the minimum. A strong default when the number of epochs is fixed; cycles above 1 restart it, which can leave a bad valley.",
            "Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, 2017, equation 5",
            Number("minimum", 0, 0, 1, "Factor at the end of a cycle."),
            Integer("cycles", 1, 1, 100, "Equal cycles after the warmup; each starts at factor 1."),
            Warmup()),
        Schedule(
            "one_cycle", "One cycle",
            "1 - (1 - start) (1 + cos(pi s / p)) / 2 while s <= p, then end + (1 - end) (1 + cos(pi (s - p) / (S - 1 - p))) / 2; s the step from 0 of S, p = rise S - 1",
            "Rises to a large rate, the optimizer's learning rate, and falls far below the start. Use it to train in few epochs; the momentum stays as it is, while PyTorch's scheduler by default "
            + "lowers it as the rate rises.",
            "Smith, Topin: Super-Convergence, 2018; torch.optim.lr_scheduler.OneCycleLR",
            Number("rise", 0.3, 0, 1, "Share of all steps until the peak.", above: true, below: true),
            Number("start", 0.04, 0, 1, "Factor at the first step.", above: true),
            Number("end", 0.000004, 0, 1, "Factor at the last step.")),
        Schedule(
            "linear", "Linear to an end", "1 - (1 - end) s, s the share of the steps that is done",
            "Falls evenly to the end, by default to zero. As good as cosine in most comparisons, and simpler.",
            "Goyal et al.: Accurate, Large Minibatch SGD, 2017 (warmup); torch.optim.lr_scheduler.LinearLR",
            Number("end", 0, 0, 1, "Factor that is reached when training ends."),
            Warmup()),
        Schedule(
            "plateau", "Reduce on plateau", "factor^(number of plateaus)",
            "Falls when the validation metric has not improved for some epochs. Needs no knowledge of the length of training, and reacts to what happens.",
            "torch.optim.lr_scheduler.ReduceLROnPlateau",
            Choice("metric", "validation_loss", ["validation_loss", "validation_accuracy"], "What must improve."),
            Factor(0.1),
            Integer("patience", 5, 0, 1000, "Epochs in a row without improvement that are tolerated: the one after them lowers the rate, as in PyTorch.", "epochs"),
            Number("threshold", 0.0001, 0, 1, "Relative change that counts as an improvement."),
            Number("minimum", 0, 0, 1, "The factor never falls below this.")),
    ];

    private static TechniqueDefinition Schedule(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Schedule, "/training/schedule", name, title, formula, explanation, source, parameters);

    private static ParameterDefinition Factor(double defaultValue) => Number("factor", defaultValue, 0, 1, "What the rate is multiplied by.", above: true);

    private static ParameterDefinition Warmup() =>
        Number("warmup", 0, 0, 1000, "Epochs over which the rate first rises evenly from near zero; the schedule's own time begins after them.", "epochs");
}
