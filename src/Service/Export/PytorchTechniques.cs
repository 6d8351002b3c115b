using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Export;

/// <summary>Each technique of the catalog in PyTorch: the parts that it needs, and the line that uses it.</summary>
internal static class PytorchTechniques
{
    private static readonly Dictionary<(TechniqueKind Kind, string Name), Func<TechniqueChoice, Entry>> Entries = new()
    {
        [(TechniqueKind.Dataset, "fashion-mnist")] = _ => new("", "folders", "idx"),
        [(TechniqueKind.Dataset, "mnist")] = _ => new("", "folders", "idx"),
        [(TechniqueKind.Dataset, "cifar-10")] = _ => new("", "folders", "cifar10"),
        [(TechniqueKind.Dataset, "shapes")] = _ => new("", "shapes"),
        [(TechniqueKind.Dataset, "xor")] = _ => new("", "points", "xor"),
        [(TechniqueKind.Dataset, "circles")] = _ => new("", "points", "circles"),
        [(TechniqueKind.Dataset, "moons")] = _ => new("", "points", "moons"),
        [(TechniqueKind.Dataset, "spiral")] = _ => new("", "points", "spiral"),
        [(TechniqueKind.Dataset, "blobs")] = _ => new("", "points", "blobs"),
        [(TechniqueKind.Dataset, "mixture")] = _ => new("", "points", "mixture"),

        [(TechniqueKind.Initialization, "zeros")] = _ => new("zeros({0})", "init_zeros"),
        [(TechniqueKind.Initialization, "normal")] = choice => new($"normal({{0}}, std={Number(choice, "std")})", "init_normal"),
        [(TechniqueKind.Initialization, "uniform")] = choice => new($"uniform({{0}}, limit={Number(choice, "limit")})", "init_uniform"),
        [(TechniqueKind.Initialization, "xavier")] = choice =>
            new($"xavier({{0}}, distribution={Word(choice, "distribution")}, variant={Word(choice, "variant")})", "init_xavier"),
        [(TechniqueKind.Initialization, "he")] = choice =>
            new($"he({{0}}, distribution={Word(choice, "distribution")}, mode={Word(choice, "mode")})", "init_he"),
        [(TechniqueKind.Initialization, "lecun")] = choice => new($"lecun({{0}}, distribution={Word(choice, "distribution")})", "init_lecun"),
        [(TechniqueKind.Initialization, "orthogonal")] = choice => new($"orthogonal({{0}}, gain={Number(choice, "gain")})", "init_orthogonal"),
        [(TechniqueKind.Initialization, "orthogonal_msra")] = _ => new("orthogonal_msra({0})", "init_orthogonal", "init_orthogonal_msra"),
        [(TechniqueKind.Initialization, "lsuv")] = choice => new(
            $"lsuv({{0}}, tolerance={Number(choice, "tolerance")}, iterations={Whole(choice, "iterations")})", "layers_residual", "init_orthogonal", "init_lsuv"),

        [(TechniqueKind.Activation, "sigmoid")] = _ => new("nn.Sigmoid()"),
        [(TechniqueKind.Activation, "tanh")] = _ => new("nn.Tanh()"),
        [(TechniqueKind.Activation, "relu")] = _ => new("nn.ReLU()"),
        [(TechniqueKind.Activation, "leaky_relu")] = choice => new($"nn.LeakyReLU({Number(choice, "slope")})"),
        [(TechniqueKind.Activation, "elu")] = choice => new($"nn.ELU({Number(choice, "alpha")})"),
        [(TechniqueKind.Activation, "prelu")] = choice => new($"nn.PReLU({(choice.Flag("perChannel") ? "{0}" : "1")}, init={Number(choice, "slope")})"),
        [(TechniqueKind.Activation, "selu")] = _ => new("nn.SELU()"),
        [(TechniqueKind.Activation, "maxout")] = choice => new($"Maxout({Whole(choice, "pieces")})", "layers_maxout"),
        [(TechniqueKind.Activation, "silu")] = _ => new("nn.SiLU()"),
        [(TechniqueKind.Activation, "gelu")] = _ => new("nn.GELU()"),
        [(TechniqueKind.Activation, "identity")] = _ => new("nn.Identity()"),

        [(TechniqueKind.Optimizer, "sgd")] = _ => new("torch.optim.SGD(parameters, lr=LEARNING_RATE)"),
        [(TechniqueKind.Optimizer, "momentum")] = choice => IsPytorch(choice)
            ? new($"torch.optim.SGD(parameters, lr=LEARNING_RATE, momentum={Number(choice, "momentum")})")
            : new($"HeavyBall(parameters, lr=LEARNING_RATE, momentum={Number(choice, "momentum")})", "optimizer_heavy_ball"),
        [(TechniqueKind.Optimizer, "nesterov")] = choice => IsPytorch(choice)
            ? new($"torch.optim.SGD(parameters, lr=LEARNING_RATE, momentum={Number(choice, "momentum")}, nesterov={(choice.Number("momentum") > 0 ? "True" : "False")})")
            : new($"LookAhead(parameters, lr=LEARNING_RATE, momentum={Number(choice, "momentum")})", "optimizer_look_ahead"),
        [(TechniqueKind.Optimizer, "adagrad")] = choice => new($"torch.optim.Adagrad(parameters, lr=LEARNING_RATE, eps={Number(choice, "epsilon")})"),
        [(TechniqueKind.Optimizer, "rmsprop")] = choice =>
            new($"torch.optim.RMSprop(parameters, lr=LEARNING_RATE, alpha={Number(choice, "decay")}, eps={Number(choice, "epsilon")})"),
        [(TechniqueKind.Optimizer, "adam")] = choice => choice.Flag("biasCorrection")
            ? new($"torch.optim.Adam(parameters, lr=LEARNING_RATE, {Moments(choice)})")
            : new($"UncorrectedAdam(parameters, lr=LEARNING_RATE, {Moments(choice)})", "optimizer_adam_uncorrected"),
        // The decay is in the loop, for the weights that the spec names; without it, AdamW's step is Adam's.
        [(TechniqueKind.Optimizer, "adamw")] = choice => new($"torch.optim.AdamW(parameters, lr=LEARNING_RATE, {Moments(choice)}, weight_decay=0.0)"),
        [(TechniqueKind.Optimizer, "adadelta")] = choice =>
            new($"torch.optim.Adadelta(parameters, lr=LEARNING_RATE, rho={Number(choice, "decay")}, eps={Number(choice, "epsilon")})"),
        // foreach: the loop over single tensors of PyTorch 1.13 counts the momentum of a step twice.
        [(TechniqueKind.Optimizer, "nadam")] = choice =>
            new($"torch.optim.NAdam(parameters, lr=LEARNING_RATE, {Moments(choice)}, momentum_decay=0.004, foreach=True)"),
        [(TechniqueKind.Optimizer, "adamax")] = choice => new($"torch.optim.Adamax(parameters, lr=LEARNING_RATE, {Moments(choice)})"),
        [(TechniqueKind.Optimizer, "lion")] = choice =>
            new($"Lion(parameters, lr=LEARNING_RATE, betas=({Number(choice, "beta1")}, {Number(choice, "beta2")}))", "optimizer_lion"),
        [(TechniqueKind.Optimizer, "muon")] = choice => new(
            $"Muon(parameters, lr=LEARNING_RATE, momentum={Number(choice, "momentum")}, iterations={Whole(choice, "iterations")}, "
            + $"adam_share={Number(choice, "adamRate")} / LEARNING_RATE, output=network.output.weight)",
            "optimizer_muon"),

        [(TechniqueKind.Schedule, "constant")] = _ => new("1.0"),
        [(TechniqueKind.Schedule, "step")] = choice => new($"{Number(choice, "factor")} ** math.floor(epochs / {Number(choice, "every")})"),
        [(TechniqueKind.Schedule, "multistep")] = choice => new($"{Number(choice, "factor")} ** sum(epochs >= milestone for milestone in [{Milestones(choice)}])"),
        [(TechniqueKind.Schedule, "exponential")] = choice => new($"{Number(choice, "factor")} ** math.floor(epochs)"),
        [(TechniqueKind.Schedule, "cosine")] = choice =>
            new($"cosine(1.0, {Number(choice, "minimum")}, math.modf(step * {Number(choice, "cycles")} / STEPS)[0])", "schedule_cosine"),
        [(TechniqueKind.Schedule, "one_cycle")] = choice => new(
            $"one_cycle(step, rise={Number(choice, "rise")}, start={Number(choice, "start")}, end={Number(choice, "end")})", "schedule_cosine", "schedule_one_cycle"),
        [(TechniqueKind.Schedule, "linear")] = choice => new($"1.0 - (1.0 - {Number(choice, "end")}) * step / STEPS"),
        [(TechniqueKind.Schedule, "plateau")] = choice => new(
            $"Plateau(metric={Word(choice, "metric")}, factor={Number(choice, "factor")}, patience={Whole(choice, "patience")}, "
            + $"threshold={Number(choice, "threshold")}, minimum={Number(choice, "minimum")})",
            "schedule_plateau"),

        [(TechniqueKind.WeightDecay, "none")] = _ => new(""),
        [(TechniqueKind.WeightDecay, "l2")] = choice => new($"weights.grad.add_(weights, alpha={Number(choice, "strength")})"),
        [(TechniqueKind.WeightDecay, "l1")] = choice => new($"weights.grad.add_(weights.sign(), alpha={Number(choice, "strength")})"),
        [(TechniqueKind.WeightDecay, "decoupled")] = choice =>
            new($"weights.mul_(1.0 - {(choice.Text("form") == "pytorch" ? "rate" : "factor(step)")} * {Number(choice, "strength")})"),

        [(TechniqueKind.GradientClipping, "none")] = _ => new(""),
        [(TechniqueKind.GradientClipping, "norm")] = choice => new($"nn.utils.clip_grad_norm_(parameters, {Number(choice, "maximum")})"),
        [(TechniqueKind.GradientClipping, "value")] = choice => new($"nn.utils.clip_grad_value_(parameters, {Number(choice, "maximum")})"),
    };

    /// <summary>The line of a technique, and the files that it needs.</summary>
    /// <exception cref="NotSupportedException">The technique has no entry.</exception>
    public static Entry Of(TechniqueKind kind, TechniqueChoice choice) => Entries.TryGetValue((kind, choice.Name), out var entry)
        ? entry(choice)
        : throw new NotSupportedException($"There is no PyTorch code for {kind} '{choice.Name}'.");

    private static string Number(TechniqueChoice choice, string parameter) => CodeText.Number(choice.Number(parameter));

    private static string Whole(TechniqueChoice choice, string parameter) => CodeText.Integer(choice.Integer(parameter));

    private static string Word(TechniqueChoice choice, string parameter) => CodeText.Text(choice.Text(parameter));

    private static string Moments(TechniqueChoice choice) =>
        $"betas=({Number(choice, "beta1")}, {Number(choice, "beta2")}), eps={Number(choice, "epsilon")}";

    private static string Milestones(TechniqueChoice choice) => string.Join(", ", choice.Numbers("milestones").Select(CodeText.Number));

    private static bool IsPytorch(TechniqueChoice choice) => choice.Text("form") == "pytorch";

    /// <summary>What a technique adds to a program.</summary>
    /// <param name="Line">The expression or statement that uses it; {0} stands for what it is applied to.</param>
    /// <param name="Parts">Files of <c>Code/Python</c> that it needs, in order.</param>
    internal sealed record Entry(string Line, params string[] Parts);
}
