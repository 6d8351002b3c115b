using Trainyard.Specs.Findings;
using Trainyard.Specs.Schedules;
using Trainyard.Specs.Spec;

namespace Trainyard.Specs.Validation;

/// <summary>Checks that the learning-rate schedule and early stopping fit the length of training.</summary>
internal static class ScheduleRules
{
    private const string Pointer = "/training/schedule";

    // Of the optimizer's learning rate; our choice.
    private const double Negligible = 1e-5;

    // Shares of training.
    private static readonly double[] UsualMilestones = [0.5, 0.75];

    public static void Check(ExperimentSpec spec, FindingList findings)
    {
        var (schedule, epochs) = (spec.Training.Schedule, spec.Training.Epochs);
        var warmup = schedule.Parameters.ContainsKey("warmup") ? schedule.Number("warmup") : 0;
        if (warmup >= epochs)
        {
            findings.Warning(
                $"{Pointer}/warmup", $"{warmup}", SpecFindingCode.WarmupTooLong, ("warmup", warmup), ("epochs", epochs), ("suggested", epochs / 10.0));
        }
        else if (schedule.Name == "multistep")
        {
            var late = schedule.Numbers("milestones").Where(milestone => milestone + warmup >= epochs).ToArray();
            CheckReductions("milestones", late, UsualMilestones.Select(share => Math.Round(share * (epochs - warmup), 2)));
        }
        else if (schedule.Name == "step")
        {
            CheckReductions("every", schedule.Number("every") + warmup >= epochs ? [schedule.Number("every")] : [], Math.Round((epochs - warmup) / 3, 2));
        }

        CheckNegligible(spec, findings);
        CheckPatience(spec, findings);

        void CheckReductions(string member, double[] late, object suggested)
        {
            if (late.Length > 0)
            {
                findings.Warning(
                    $"{Pointer}/{member}", string.Join(", ", late), SpecFindingCode.ReductionAfterEnd,
                    ("member", member), ("beyond", late), ("warmup", warmup), ("epochs", epochs), ("suggested", suggested));
            }
        }
    }

    private static void CheckNegligible(ExperimentSpec spec, FindingList findings)
    {
        const int Parts = 1000;
        var length = TrainingLength.Of(spec);
        var schedule = LearningRateSchedule.Create(spec.Training.Schedule, length);
        var middle = length.Steps / 2;
        if (schedule.Factor(middle) >= Negligible)
        {
            return;
        }

        var last = Enumerable.Range(0, Parts).Select(part => middle * part / Parts).LastOrDefault(step => schedule.Factor(step) >= Negligible, -1);
        findings.Warning(
            Pointer, $"\"{spec.Training.Schedule.Name}\"", SpecFindingCode.LearningRateVanishes,
            ("schedule", spec.Training.Schedule.Name), ("epoch", Math.Round((last + 1) / (double)length.StepsPerEpoch, 2)), ("epochs", spec.Training.Epochs),
            ("factor", schedule.Factor(middle)));
    }

    // The first epoch is the best so far. Early stopping then waits for its patience, a plateau schedule for one epoch more, and then acts on the next epoch.
    private static void CheckPatience(ExperimentSpec spec, FindingList findings)
    {
        var epochs = spec.Training.Epochs;
        if (spec.Training.EarlyStopping is { Patience: var patience } && 1 + patience >= epochs)
        {
            Warn("/training/earlyStopping/patience", "early_stopping", patience, epochs < 3 ? null : Math.Max(1, epochs / 5));
        }

        if (spec.Training.Schedule is { Name: "plateau" } plateau && 2 + plateau.Integer("patience") >= epochs)
        {
            Warn($"{Pointer}/patience", "plateau", plateau.Integer("patience"), epochs < 3 ? null : epochs / 10);
        }

        void Warn(string pointer, string of, int patience, int? suggested) => findings.Warning(
            pointer, $"{patience}", SpecFindingCode.PatienceTooLong, ("of", of), ("patience", patience), ("epochs", epochs), ("suggested", suggested));
    }
}
