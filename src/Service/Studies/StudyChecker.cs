using System.Text.Json;
using Trainyard.Service.Runs;
using Trainyard.Service.SpecChecks;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Studies.Space;

namespace Trainyard.Service.Studies;

/// <summary>Expands a study without submitting it.</summary>
internal sealed class StudyChecker(StudyValidator validator, SpecLimitSource limits, SpeedHistory speed)
{
    private const int MaximumExpanded = 200;
    private const int Shown = 10;

    public async Task<StudyCheck> CheckAsync(StudyRequest request, CancellationToken cancellationToken)
    {
        var reading = await validator.ReadAsync(request, cancellationToken);
        if (reading.Definition is not { } definition)
        {
            return new StudyCheck
            {
                Valid = false, Findings = reading.Findings, Trials = 0, Runs = 0, Combinations = null, Flops = 0, ExpectedSeconds = null, Parallelism = 0, Infeasible = [], First = [],
            };
        }

        var planned = StudyValidator.Expand(request.Name, definition, Math.Min(reading.Trials, MaximumExpanded), await limits.CurrentAsync(cancellationToken));
        var valid = planned.Where(trial => trial.Reading.IsValid).ToList();
        var seeds = definition.Seeds.Count;
        var perRun = await SecondsAsync(valid, cancellationToken);
        return new StudyCheck
        {
            Valid = true,
            Findings = [.. reading.Findings, .. StudyWarnings.OfBudget(definition.Budget, Flops(valid[0].Reading) * seeds, perRun * seeds)],
            Trials = reading.Trials,
            Runs = reading.Trials * seeds,
            Combinations = reading.Combinations,
            Flops = valid.Sum(trial => Flops(trial.Reading)) * seeds * reading.Trials / planned.Count,
            ExpectedSeconds = perRun * seeds * reading.Trials * valid.Count / planned.Count,
            Parallelism = definition.Parallelism,
            Infeasible =
            [
                .. planned.Where(trial => !trial.Reading.IsValid).Select(trial => new InfeasibleTrial
                {
                    Number = trial.Number, Assignment = ToDictionary(trial.Assignment), Findings = trial.Reading.Findings,
                }),
            ],
            First = [.. valid.Take(Shown).Select(trial => new PlannedTrial { Number = trial.Number, Assignment = ToDictionary(trial.Assignment), Spec = trial.Reading.Spec! })],
        };
    }

    private static Dictionary<string, JsonElement> ToDictionary(Assignment assignment) => assignment.Values.ToDictionary(StringComparer.Ordinal);

    private static double Flops(SpecReading reading) =>
        TrainingCost.FlopsPerEpoch(reading.Plan!, reading.Spec!.Data.LearnedSamples(DatasetShape.From(reading.Spec.Data.Dataset).TrainSamples)) * reading.Spec.Training.Epochs;

    // Mean of the first trials; null where there is no similar run of one.
    private async Task<double?> SecondsAsync(List<(int Number, Assignment Assignment, SpecReading Reading)> valid, CancellationToken cancellationToken)
    {
        List<double> seconds = [];
        foreach (var (_, _, reading) in valid.Take(Shown))
        {
            if (await speed.ExpectAsync(reading.Spec!, reading.Plan!, cancellationToken) is not { } expected)
            {
                return null;
            }

            seconds.Add(expected.Seconds(reading.Spec!.Training.Epochs));
        }

        return seconds.Count > 0 ? seconds.Average() : null;
    }
}
