using System.Text.Json;
using System.Text.RegularExpressions;
using Trainyard.Service.Studies;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Lessons;

// A file of a lesson that was read: the lesson, or everything that is wrong with it, as lines that begin with a JSON pointer.
internal sealed record LessonReading(Lesson? Lesson, IReadOnlyList<string> Problems);

/// <summary>Reads lessons strictly: unknown members, ids that name nothing, and specs that would not be accepted are problems.</summary>
internal static partial class LessonReader
{
    // What an explanation has below this line is folded until something was predicted.
    private const string AnswerLine = "---";

    public static LessonReading Read(string id, byte[] json, string? english, string? korean)
    {
        var reading = RecordReader.Read(typeof(LessonFile), json);
        if (reading.Document is not { } document)
        {
            return new LessonReading(null, [.. reading.Findings.Select(Line)]);
        }

        var lesson = new Lesson
        {
            Id = id,
            File = JsonSerializer.Deserialize<LessonFile>(document, SpecJson.Options)!,
            Explanation = new LessonExplanation { En = english?.Trim() ?? "", Ko = korean?.Trim() ?? "" },
        };
        List<string> problems = [.. Text(lesson), .. Parts(lesson.File), .. Specs(lesson), .. Variants(lesson), .. Studies(lesson), .. Settings(lesson), .. Charts(lesson.File), .. lesson.File.Expected.Index().SelectMany(claim => LessonClaimRules.Check(lesson.File, claim.Item, $"/expected/{claim.Index}"))];
        return new LessonReading(problems.Count == 0 ? lesson : null, problems);
    }

    private static string Line(SpecFinding finding) => $"{finding.Pointer}: {finding.Message}";

    private static IEnumerable<string> Text(Lesson lesson)
    {
        if (!IdPattern.IsMatch(lesson.Id))
        {
            yield return $": the folder '{lesson.Id}' is no id: small letters, digits and hyphens.";
        }

        foreach (var (language, text) in ((string, string)[])[("en", lesson.Explanation.En), ("ko", lesson.Explanation.Ko)])
        {
            if (text.Length == 0)
            {
                yield return $": {language}.md is missing or empty.";
            }
            else if (text.Count(character => character == '$') % 2 != 0)
            {
                yield return $": {language}.md has a formula without end: an odd number of dollar signs.";
            }
            else if (text.Split('\n').Count(line => line == AnswerLine) != 1)
            {
                yield return $": {language}.md has not one line '{AnswerLine}', after which it tells the answer to the question.";
            }
        }
    }

    private static IEnumerable<string> Parts(LessonFile file)
    {
        if ((file.Runs is null ? 0 : 1) + (file.Studies is null ? 0 : 1) + (file.Labs is null ? 0 : 1) != 1)
        {
            yield return ": one of runs, studies and labs is expected.";
        }

        foreach (var (index, lab) in (file.Labs ?? []).Index())
        {
            if (LabCatalog.Find(lab.Name) is not { } known)
            {
                yield return $"/labs/{index}/name: there is no such lab.";
            }
            else
            {
                foreach (var finding in known.Read(JsonSerializer.SerializeToUtf8Bytes(lab.Request)).Findings)
                {
                    yield return $"/labs/{index}/request{finding.Pointer}: {finding.Message}";
                }
            }
        }

        if (file.Runs is null != file.Spec is null)
        {
            yield return "/spec: runs need a spec, and nothing else has one.";
        }

        if (file.Studies is null != file.Study is null)
        {
            yield return "/study: studies have one in common, and nothing else has one.";
        }

        if (file.Spec is { ValueKind: JsonValueKind.Object } spec)
        {
            foreach (var name in (string[])["name", "experiment", "seed"])
            {
                if (spec.TryGetProperty(name, out _))
                {
                    yield return $"/spec/{name}: is filled in when a run starts.";
                }
            }
        }

        foreach (var problem in Unique("/runs", file.Runs?.Select(run => run.Id)).Concat(Unique("/variants", file.Variants?.Select(variant => variant.Id))).Concat(Unique("/studies", file.Studies?.Select(study => study.Id))).Concat(Unique("/labs", file.Labs?.Select(lab => lab.Id))).Concat(Unique("/question/options", file.Question.Options.Select(option => option.Id)))
            .Concat(Unique("/expected", file.Expected.Select(claim => claim.Id))).Concat(Unique("/sources", file.Sources.Select(source => source.Id))))
        {
            yield return problem;
        }

        if (!file.Question.Options.Any(option => option.Id == file.Question.Answer))
        {
            yield return $"/question/answer: '{file.Question.Answer}' is no option.";
        }

        if (file.Variants is not null && file.Runs is null)
        {
            yield return "/variants: are variants of the spec of runs, which the lesson does not have.";
        }

        foreach (var (index, variant) in (file.Variants ?? []).Index())
        {
            if (file.Runs?.Any(run => run.Id == variant.Id) == true)
            {
                yield return $"/variants/{index}/id: '{variant.Id}' is a run of the lesson.";
            }
        }

        if (file.HandIn is not null && file.Runs is not { Count: 1 })
        {
            yield return "/handIn: needs a lesson of one run.";
        }

        foreach (var (index, dataset) in (file.HandIn?.Datasets ?? []).Index())
        {
            if (!TechniqueCatalog.OfKind(TechniqueKind.Dataset).Any(known => known.Name == dataset))
            {
                yield return $"/handIn/datasets/{index}: there is no dataset '{dataset}'.";
            }
        }
    }

    private static IEnumerable<string> Unique(string pointer, IEnumerable<string>? ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, id) in (ids ?? []).Index())
        {
            if (!seen.Add(id) || !IdPattern.IsMatch(id))
            {
                yield return $"{pointer}/{index}/id: '{id}' is repeated, or not of small letters, digits and hyphens.";
            }
        }
    }

    // Both sizes must be accepted; warnings may be what the lesson is about.
    private static IEnumerable<string> Specs(Lesson lesson) =>
        from run in (lesson.File.Runs ?? []).Index()
        from size in Enum.GetValues<LessonSize>()
        from finding in lesson.Read(run.Item, new AttemptSettings { Size = size }).Findings
        where finding.Severity == FindingSeverity.Error
        select $"/runs/{run.Index}, {size} size, spec{Line(finding)}";

    private static IEnumerable<string> Variants(Lesson lesson) =>
        from variant in (lesson.File.Variants ?? []).Index()
        where lesson.File.Spec is not null
        from finding in lesson.Read(variant.Item, AttemptSettings.AsItIs).Findings
        where finding.Severity == FindingSeverity.Error
        select $"/variants/{variant.Index}, spec{Line(finding)}";

    private static IEnumerable<string> Studies(Lesson lesson) =>
        from study in (lesson.File.Studies ?? []).Index()
        from size in Enum.GetValues<LessonSize>()
        let reading = lesson.Read(study.Item, new AttemptSettings { Size = size })
        from finding in reading.Request is { } request ? StudyValidator.Check(request, limits: null) : reading.Findings
        where finding.Severity == FindingSeverity.Error
        select $"/studies/{study.Index}, {size} size{Line(finding)}";

    private static IEnumerable<string> Settings(Lesson lesson)
    {
        if (lesson.File.Settings is not { } settings)
        {
            return [];
        }

        if (lesson.File.Runs is not { } runs)
        {
            return ["/settings: are settings of the spec of runs, which the lesson does not have."];
        }

        // The published ones stand for a table of their own: all settings have one, or none has.
        var published = settings.Any(setting => setting.Options.Any(option => option.Published)) ? 1 : 0;
        return Unique("/settings", settings.Select(setting => setting.Id)).Concat(
            from setting in settings.Index()
            from problem in Options(setting.Item, $"/settings/{setting.Index}", published).Concat(
                from option in setting.Item.Options.Index()
                from run in runs.Index()
                from finding in lesson.Read(run.Item, new AttemptSettings { Options = [option.Item] }).Findings
                where finding.Severity == FindingSeverity.Error
                select $"/settings/{setting.Index}/options/{option.Index}, /runs/{run.Index}, spec{Line(finding)}")
            select problem);
    }

    private static IEnumerable<string> Options(LessonSetting setting, string pointer, int published)
    {
        foreach (var problem in Unique($"{pointer}/options", setting.Options.Select(option => option.Id)))
        {
            yield return problem;
        }

        if (setting.Options.Count(option => option.Changes is null) != 1)
        {
            yield return $"{pointer}/options: not exactly one is without changes, which is that of the lesson as it is.";
        }

        if (setting.Options.Count(option => option.Published) != published)
        {
            yield return $"{pointer}/options: not exactly one is published, as in the other settings.";
        }
    }

    private static IEnumerable<string> Charts(LessonFile file) =>
        from chart in file.Charts.Index()
        let pointer = $"/charts/{chart.Index}"
        from problem in LessonClaimRules.UnknownRuns(file, chart.Item.Runs, pointer).Concat(chart.Item switch
        {
            { Kind: LessonChartKind.Study or LessonChartKind.BestSoFar } => file.Studies is null ? [$"{pointer}/kind: the lesson has no studies."] : [],
            { Kind: LessonChartKind.Lab } => file.Labs is null ? [$"{pointer}/kind: the lesson has no lab."] : LessonClaimRules.UnknownLab(file, chart.Item.Lab, pointer),
            _ when file.Runs is null => [$"{pointer}/kind: the lesson has no runs."],
            { Kind: LessonChartKind.Table } => Table(file, chart.Item.Table, $"{pointer}/table"),
            { Kind: LessonChartKind.Layers, Measure: null } => [$"{pointer}/measure: a statistic of layers is missing."],
            { Kind: LessonChartKind.Layers, Measure: { } measure } when !LessonMeasures.IsOfLayers(measure) => [$"{pointer}/measure: is no statistic of layers."],
            { Kind: LessonChartKind.Curves, Measure: { } measure } when LessonMeasures.MetricOf(measure) is null => [$"{pointer}/measure: has no curve."],
            _ => Array.Empty<string>(),
        })
        select problem;

    private static IEnumerable<string> Table(LessonFile file, LessonTable? table, string pointer)
    {
        if (table is null)
        {
            yield return $"{pointer}: is missing.";
        }

        foreach (var (index, row) in (table?.Rows ?? []).Index())
        {
            if (row.Cells.Count != table!.Columns.Count)
            {
                yield return $"{pointer}/rows/{index}/cells: has not one for each column.";
            }

            foreach (var problem in LessonClaimRules.UnknownRuns(file, [.. row.Cells.Select(cell => cell.Run)], $"{pointer}/rows/{index}/cells"))
            {
                yield return problem;
            }
        }
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IdPattern { get; }
}
