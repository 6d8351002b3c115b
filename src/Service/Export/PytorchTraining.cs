using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Export;

/// <summary>Writes in PyTorch how the network of a run is trained, below the network itself.</summary>
internal sealed class PytorchTraining(RunFacts facts, PytorchText text)
{
    private readonly ExperimentSpec spec = facts.Spec;
    private readonly PytorchTechniques.Entry optimizer = PytorchTechniques.Of(TechniqueKind.Optimizer, facts.Spec.Training.Optimizer);

    private bool HasPlateau => spec.Training.Schedule.Name == "plateau";

    private double Warmup => spec.Training.Schedule.Parameters.ContainsKey("warmup") ? spec.Training.Schedule.Number("warmup") : 0;

    /// <summary>Writes the schedule, the optimizer, the data that is learned, and the loop over it.</summary>
    public void Write()
    {
        Schedule();
        text.Parts(optimizer.Parts);
        Data();
        text.Parts("loop");
        State();
        Epoch();
        if (spec.Training.EvaluateTest)
        {
            Test();
        }
    }

    private void Schedule()
    {
        var schedule = PytorchTechniques.Of(TechniqueKind.Schedule, spec.Training.Schedule);
        text.Parts(schedule.Parts);
        text.Line("");
        text.Line("");
        if (HasPlateau)
        {
            text.Line($"plateau = {schedule.Line}");
            text.Line("");
            text.Line("");
            text.Line("def factor(step):");
            text.Line("    \"\"\"Factor on the learning rate of the update after so many updates.\"\"\"");
            text.Line("    return plateau.value");
            return;
        }

        text.Line("def factor(step):");
        text.Line("    \"\"\"Factor on the learning rate of the update after so many updates.\"\"\"");
        if (Warmup > 0)
        {
            text.Line("    if step < WARMUP:");
            text.Line("        return (step + 1) / WARMUP");
            text.Line("    step -= WARMUP");
        }

        text.Line("    epochs = step / STEPS_PER_EPOCH");
        text.Line($"    return {schedule.Line}");
    }

    private void Data()
    {
        text.Line("");
        text.Line("");
        text.Line("(train_x, train_y), (test_x, test_y) = load_data()");
        text.Line("train, validation = split(train_y)");
        text.Line("scale, shift = normalization(train_x[train])");
        if (spec.Data.LabelNoise > 0)
        {
            text.Line("train_y = disturb(train_y, train)");
        }

        text.Line("samples, labels = torch.tensor(train_x), torch.tensor(train_y.astype(np.int64))");
        text.Line("");
        text.Line("BATCH_SIZE = min(BATCH_SIZE or len(train), len(train))");
        text.Line("STEPS_PER_EPOCH = math.ceil(len(train) / BATCH_SIZE)");
        text.Line("TOTAL_STEPS = EPOCHS * STEPS_PER_EPOCH");
        text.Line($"WARMUP = min(round({CodeText.Number(Warmup)} * STEPS_PER_EPOCH), TOTAL_STEPS)");
        text.Line("STEPS = max(1, TOTAL_STEPS - WARMUP)");
    }

    private void State()
    {
        text.Line("");
        text.Line("");
        if (facts.Layers().Any(layer => PytorchNetwork.Initialization(layer.Layer.Layer)?.Name == "lsuv"))
        {
            text.Line("chosen = list(train)");
            text.Line("RandomStream(SCALING).shuffle(chosen)");
            text.Line("with torch.no_grad():");
            text.Line("    network.eval()");
            text.Line("    scale_layers(network, batch(samples, labels, chosen[:256])[0].cpu())");
        }

        text.Line("network.to(DEVICE)");
        text.Line("parameters = list(network.parameters())");
        var training = spec.Training;
        if (training.WeightDecay.Name != "none")
        {
            text.Line(training.WeightDecay.Flag("biasAndNorm")
                ? "pulled = parameters"
                : "pulled = [weights for weights in parameters if weights.dim() > 1]  # not biases, batch norm and learned slopes");
        }

        text.Line($"optimizer = {optimizer.Line}");
        text.Line("step = 0");
        if (training.EarlyStopping is not null)
        {
            text.Line("best, waited = None, 0");
        }
    }

    private void Epoch()
    {
        text.Line("for epoch in range(EPOCHS):");
        text.Line("    order = list(train)");
        text.Line("    RandomStream(ORDER, epoch).shuffle(order)");
        text.Line("    network.train()");
        text.Line("    loss_sum, correct = 0.0, 0");
        text.Line("    for first in range(0, len(order), BATCH_SIZE):");
        text.Line($"        x, y = batch(samples, labels, order[first : first + BATCH_SIZE]{(spec.Data.Augmentation is null ? "" : ", RandomStream(AUGMENTATION, step)")})");
        if (facts.Layers().Any(layer => layer.Layer.Layer is DropoutLayer))
        {
            text.Line("        torch.manual_seed(derive(DROPOUT, step) >> 1)");
        }

        text.Line("        scores = scores_of(x)");
        text.Line("        loss = F.cross_entropy(scores, y, label_smoothing=LABEL_SMOOTHING)");
        text.Line("        optimizer.zero_grad()");
        text.Line("        loss.backward()");
        text.Line("        rate = LEARNING_RATE * factor(step)");
        Update();
        text.Line("        step += 1");
        text.Line("        value = loss.item()");
        text.Line("        if not math.isfinite(value):");
        text.Line("            raise SystemExit(f\"the loss became {value} at step {step}\")");
        text.Line(spec.Training.LabelSmoothing > 0
            ? "        loss_sum += F.cross_entropy(scores.detach(), y).item() * len(y)  # comparable with the validation's"
            : "        loss_sum += value * len(y)");
        text.Line("        correct += (scores.argmax(1) == y).sum().item()");
        text.Line("    validation_loss, validation_accuracy = evaluate(samples, labels, validation)");
        text.Line("    print(f\"epoch {epoch + 1}: train loss {loss_sum / len(train):.9g}, train accuracy {correct / len(train):.9g}, \"");
        text.Line("          f\"validation loss {validation_loss:.9g}, validation accuracy {validation_accuracy:.9g}\", flush=True)");
        if (HasPlateau)
        {
            text.Line("    plateau.epoch_ended(validation_loss, validation_accuracy)");
        }

        if (spec.Training.EarlyStopping is { } stopping)
        {
            Stop(stopping);
        }
    }

    private void Update()
    {
        var training = spec.Training;
        var clipping = PytorchTechniques.Of(TechniqueKind.GradientClipping, training.GradientClipping);
        if (clipping.Line.Length > 0)
        {
            text.Line($"        {clipping.Line}");
        }

        var decay = PytorchTechniques.Of(TechniqueKind.WeightDecay, training.WeightDecay);
        if (decay.Line.Length > 0)
        {
            text.Line("        with torch.no_grad():");
            text.Line("            for weights in pulled:");
            text.Line($"                {decay.Line}");
        }

        text.Line("        for group in optimizer.param_groups:");
        text.Line("            group[\"lr\"] = rate");
        text.Line("        optimizer.step()");
    }

    private void Stop(EarlyStoppingSpec stopping)
    {
        var loss = stopping.Metric == ValidationMetric.ValidationLoss;
        text.Line($"    value = {(loss ? "validation_loss" : "validation_accuracy")}");
        text.Line($"    if best is None or value {(loss ? "<" : ">")} best {(loss ? "-" : "+")} {CodeText.Number(stopping.MinimumChange)}:");
        text.Line("        best, waited = value, 0");
        if (stopping.RestoreBest)
        {
            text.Line("        best_weights = {name: tensor.clone() for name, tensor in network.state_dict().items()}");
        }

        text.Line("    else:");
        text.Line("        waited += 1");
        text.Line($"    if waited >= {stopping.Patience}:");
        text.Line("        break");
        if (stopping.RestoreBest)
        {
            text.Line("network.load_state_dict(best_weights)  # of the best epoch");
        }
    }

    private void Test()
    {
        text.Line("");
        text.Line("test_loss, test_accuracy = evaluate(torch.tensor(test_x), torch.tensor(test_y.astype(np.int64)), list(range(len(test_y))))");
        text.Line("print(f\"test loss {test_loss:.9g}, test accuracy {test_accuracy:.9g}\")");
    }
}
