using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Service.Studies;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Lessons;

/// <summary>A lesson: its file, and the explanation in both languages.</summary>
internal sealed record Lesson
{
    /// <summary>Name of its folder.</summary>
    public required string Id { get; init; }

    public required LessonFile File { get; init; }

    /// <summary>Markdown, with formulas of TeX between dollar signs.</summary>
    public required LessonExplanation Explanation { get; init; }

    /// <summary>The experiment that its runs belong to.</summary>
    public string Experiment => $"lesson {Id}";

    /// <summary>The spec of one of its runs, read with the limits of the host.</summary>
    public SpecReading Read(LessonRun run, AttemptSettings settings, SpecLimits? limits = null) =>
        SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(Document(run, settings)), limits);

    /// <summary>The request of one of its studies, or what is wrong with its members.</summary>
    public LessonStudyReading Read(LessonStudy study, AttemptSettings settings)
    {
        var reading = RecordReader.Read(typeof(StudyRequest), JsonSerializer.SerializeToUtf8Bytes(Document(study, settings)));
        return new LessonStudyReading(reading.Document is { } document ? JsonSerializer.Deserialize<StudyRequest>(document, SpecJson.Options) : null, reading.Findings);
    }

    internal JsonNode? Document(LessonRun run, AttemptSettings settings)
    {
        var spec = Patched(File.Spec, run.Changes, settings);
        if (spec is JsonObject document)
        {
            // The name first, as in every spec.
            document.Insert(0, "name", run.Label.En);
            Assign(document, settings.Seed);
        }

        return spec;
    }

    internal JsonNode? Document(LessonStudy study, AttemptSettings settings)
    {
        var body = Patched(File.Study, study.Changes, settings);
        if (body is JsonObject document)
        {
            document.Insert(0, "name", study.Label.En);
            if (document["spec"] is JsonObject spec)
            {
                Assign(spec, settings.Seed);
            }

            if (settings.Seed is { } chosen)
            {
                document["seed"] = chosen;
            }
        }

        return body;
    }

    // What was chosen for the attempt comes last.
    private JsonNode? Patched(JsonElement? common, JsonElement? changes, AttemptSettings settings) =>
        ((JsonElement?[])[changes, settings.Size == LessonSize.Quick ? File.Quick : null, .. settings.Options.Select(option => option.Changes)])
            .OfType<JsonElement>().Aggregate(JsonSerializer.SerializeToNode(common), (document, patch) => MergePatch.Apply(document, JsonSerializer.SerializeToNode(patch)));

    private void Assign(JsonObject spec, int? seed)
    {
        spec["experiment"] = Experiment;
        if (seed is { } chosen)
        {
            spec["seed"] = chosen;
        }
    }
}

// The request of a study; null with findings of severity error.
internal sealed record LessonStudyReading(StudyRequest? Request, IReadOnlyList<SpecFinding> Findings);

/// <summary>An explanation in both languages: Markdown, with formulas of TeX between dollar signs.</summary>
public sealed record LessonExplanation
{
    /// <summary>English.</summary>
    public required string En { get; init; }

    /// <summary>Korean.</summary>
    public required string Ko { get; init; }
}

/// <summary>How much a lesson trains.</summary>
public enum LessonSize
{
    /// <summary>As it is.</summary>
    Full,

    /// <summary>Less, if the lesson has a smaller size.</summary>
    Quick,
}

/// <summary>JSON merge patch, RFC 7396.</summary>
internal static class MergePatch
{
    /// <summary>The document with the changes; null removes a member.</summary>
    public static JsonNode? Apply(JsonNode? document, JsonNode? changes)
    {
        if (changes is not JsonObject members)
        {
            return changes?.DeepClone();
        }

        var result = document is JsonObject before ? (JsonObject)before.DeepClone() : [];
        foreach (var (name, value) in members)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Apply(result[name], value);
            }
        }

        return result;
    }
}
