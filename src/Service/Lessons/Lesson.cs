using System.Text.Json;
using System.Text.Json.Nodes;
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
    public SpecReading Read(LessonRun run, LessonSize size, int? seed, SpecLimits? limits = null) =>
        SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(Document(run, size, seed)), limits);

    /// <summary>The base spec of its study, without name.</summary>
    public JsonElement? StudySpec(LessonSize size, int? seed) => File.Study is { } study
        ? JsonSerializer.SerializeToElement(Adapted(JsonSerializer.SerializeToNode(study.Spec), size, seed))
        : null;

    internal JsonNode? Document(LessonRun run, LessonSize size, int? seed)
    {
        var spec = MergePatch.Apply(JsonSerializer.SerializeToNode(File.Spec), run.Changes is { } changes ? JsonSerializer.SerializeToNode(changes) : new JsonObject());
        if (Adapted(spec, size, seed) is not JsonObject document)
        {
            return spec;
        }

        // The name first, as in every spec.
        document.Insert(0, "name", run.Label.En);
        return document;
    }

    private JsonNode? Adapted(JsonNode? spec, LessonSize size, int? seed)
    {
        var adapted = size == LessonSize.Quick && File.Quick is { } quick ? MergePatch.Apply(spec, JsonSerializer.SerializeToNode(quick)) : spec;
        if (adapted is JsonObject document)
        {
            document["experiment"] = Experiment;
            if (seed is { } chosen)
            {
                document["seed"] = chosen;
            }
        }

        return adapted;
    }
}

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
