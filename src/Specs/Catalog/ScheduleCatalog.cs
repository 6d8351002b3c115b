using static Trainyard.Specs.Catalog.ParameterDefinitions;
using static Trainyard.Specs.Catalog.TechniqueDefinitions;

namespace Trainyard.Specs.Catalog;

/// <summary>Learning-rate schedules. Each is a factor on the optimizer's learning rate; <c>t</c> is the time in epochs.</summary>
internal static class ScheduleCatalog
{
    public static IReadOnlyList<TechniqueDefinition> All { get; } =
    [
        Schedule(
            "constant", "Constant", "factor 1 at every step",
            "A constant learning rate. A good start; a decreasing rate nearly always gives a better result.",
            "Bottou, Curtis, Nocedal: Optimization Methods for Large-Scale Machine Learning, 2018, theorem 4.6",
            Warmup()),
        Schedule(
            "step", "Step decay", "factor^floor(t / every)",
            "The rate is reduced by a factor every few epochs. Simple and effective when the length of a plateau is known.",
            "torch.optim.lr_scheduler.StepLR",
            Number("every", 10, 0, 10_000, "Epochs between two reductions.", "epochs", above: true),
            Factor(0.1), Warmup()),
        Schedule(
            "multistep", "Multi-step decay", "factor^(number of milestones reached)",
            "The rate is reduced at the given epochs. The classic recipe for image classification: at one half and at three quarters of training.",
            "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, 2016; torch.optim.lr_scheduler.MultiStepLR",
            Numbers("milestones", [5, 8], 32, 0, 10_000, "Epochs at which the rate is reduced, in ascending order.", "epochs"),
            Factor(0.1), Warmup()),
        Schedule(
            "exponential", "Exponential decay", "factor^floor(t)",
            "The rate is reduced by the same factor every epoch. Use it when neither good milestones nor the length of training are known.",
            "torch.optim.lr_scheduler.ExponentialLR",
            Factor(0.95), Warmup()),
        Schedule(
            "cosine", "Cosine annealing", "minimum + (1 - minimum) (1 + cos(pi c)) / 2, c the completed share of the cycle",
            "Decreases slowly, then fast, then slowly to the minimum. A strong default when the number of epochs is fixed; more than one cycle restarts it, which can escape a poor minimum.",
            "Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, 2017, equation 5",
            Number("minimum", 0, 0, 1, "Factor at the end of a cycle."),
            Integer("cycles", 1, 1, 100, "Equal cycles after the warmup; each starts at factor 1."),
            Warmup()),
        Schedule(
            "one_cycle", "One cycle",
            "1 - (1 - start) (1 + cos(pi s / p)) / 2 while s <= p, then end + (1 - end) (1 + cos(pi (s - p) / (S - 1 - p))) / 2; s the step from 0 of S, p = rise S - 1",
            "Increases to a large rate, the optimizer's learning rate, and decreases far below the initial one. Use it to train in few epochs; the momentum is constant, while PyTorch's scheduler by default "
            + "reduces it as the rate increases.",
            "Smith, Topin: Super-Convergence, 2018; torch.optim.lr_scheduler.OneCycleLR",
            Number("rise", 0.3, 0, 1, "Share of all steps until the peak.", above: true, below: true),
            Number("start", 0.04, 0, 1, "Factor at the first step.", above: true),
            Number("end", 0.000004, 0, 1, "Factor at the last step.")),
        Schedule(
            "linear", "Linear decay", "1 - (1 - end) s, s the completed share of the steps",
            "Decreases linearly to the end factor, by default to zero. As good as cosine in most comparisons, and simpler.",
            "Goyal et al.: Accurate, Large Minibatch SGD, 2017 (warmup); torch.optim.lr_scheduler.LinearLR",
            Number("end", 0, 0, 1, "Factor at the end of training."),
            Warmup()),
        Schedule(
            "plateau", "Reduce on plateau", "factor^(number of plateaus)",
            "Reduces the rate when the validation metric has not improved for some epochs. Adapts to the run, and does not depend on the length of training.",
            "torch.optim.lr_scheduler.ReduceLROnPlateau",
            Choice("metric", "validation_loss", ["validation_loss", "validation_accuracy"], "The metric that must improve."),
            Factor(0.1),
            Integer("patience", 5, 0, 1000, "Consecutive epochs without improvement that are tolerated; the next one reduces the rate, as in PyTorch.", "epochs"),
            Number("threshold", 0.0001, 0, 1, "Relative change that counts as an improvement."),
            Number("minimum", 0, 0, 1, "Smallest factor.")),
    ];

    private static TechniqueDefinition Schedule(
        string name, string title, string formula, string explanation, string source, params ParameterDefinition[] parameters) =>
        Technique(TechniqueKind.Schedule, "/training/schedule", name, title, formula, explanation, source, parameters);

    private static ParameterDefinition Factor(double defaultValue) => Number("factor", defaultValue, 0, 1, "Factor of a reduction.", above: true);

    private static ParameterDefinition Warmup() =>
        Number("warmup", 0, 0, 1000, "Epochs over which the rate first increases linearly from near zero; the schedule starts after them.", "epochs");
}
