using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Lessons;

/// <summary>How an attempt runs a lesson.</summary>
internal sealed record AttemptSettings
{
    /// <summary>Full size, the seed and the settings of the lesson.</summary>
    public static AttemptSettings AsItIs { get; } = new();

    public LessonSize Size { get; init; }

    /// <summary>Null for that of the lesson.</summary>
    public int? Seed { get; init; }

    /// <summary>Options of settings, in the order in which they change the specs.</summary>
    public IReadOnlyList<SettingOption> Options { get; init; } = [];

    /// <summary>The settings of a request without findings.</summary>
    public static AttemptSettings Of(LessonFile file, StartLessonRequest request) => new()
    {
        Size = request.Size, Seed = request.Seed, Options = [.. Resolved(file, request).Select(setting => setting.Option)],
    };

    /// <summary>The option of each setting of the lesson, of a request without findings.</summary>
    public static IReadOnlyList<ChosenOption> Chosen(LessonFile file, StartLessonRequest request) =>
        [.. Resolved(file, request).Select(setting => new ChosenOption { Id = setting.Id, Option = setting.Option.Id })];

    /// <summary>What a request names that the lesson does not have.</summary>
    public static IReadOnlyList<SpecFinding> Check(LessonFile file, StartLessonRequest request)
    {
        var findings = new List<SpecFinding>();
        if (request.Prediction is { } prediction)
        {
            findings.AddRange(Unknown("/prediction", "prediction", prediction, [.. file.Question.Options.Select(option => option.Id)]));
        }

        var settings = file.Settings ?? [];
        foreach (var (index, (id, option)) in request.Settings.Select(chosen => (chosen.Id, chosen.Option)).Index())
        {
            var pointer = $"/settings/{index}";
            if (request.Settings.Take(index).Any(before => before.Id == id))
            {
                findings.Add(SpecFinding.Error($"{pointer}/id", JsonSerializer.Serialize(id), SpecFindingCode.RepeatedValue, ("member", "setting"), ("value", id)));
            }
            else if (settings.FirstOrDefault(setting => setting.Id == id) is { } known)
            {
                findings.AddRange(Unknown($"{pointer}/option", "option", option, [.. known.Options.Select(one => one.Id)]));
            }
            else if (settings.Count > 0)
            {
                findings.AddRange(Unknown($"{pointer}/id", "id", id, [.. settings.Select(setting => setting.Id)]));
            }
            else
            {
                findings.Add(SpecFinding.Error("/settings", null, SpecFindingCode.UnknownMember, ("member", "settings"), ("known", (string[])["prediction", "seed", "size"]), ("suggested", null)));
                break;
            }
        }

        return findings;
    }

    private static IEnumerable<(string Id, SettingOption Option)> Resolved(LessonFile file, StartLessonRequest request) =>
        from setting in file.Settings ?? []
        let chosen = request.Settings.FirstOrDefault(chosen => chosen.Id == setting.Id)
        select (setting.Id, setting.Options.First(option => chosen is null ? option.Changes is null : option.Id == chosen.Option));

    private static IEnumerable<SpecFinding> Unknown(string pointer, string member, string found, IReadOnlyList<string> known) => known.Contains(found)
        ? []
        : [SpecFinding.Error(
            pointer, JsonSerializer.Serialize(found), SpecFindingCode.NotAChoice, ("member", member),
            ("allowed", new ParameterDefinition { Name = member, Kind = ParameterKind.Choice, Choices = known, Explanation = "" }),
            ("suggested", Spelling.Nearest(found, known) ?? known[0]))];
}
