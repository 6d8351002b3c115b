using System.Reflection;
using System.Text;

namespace Trainyard.Service.Lessons;

/// <summary>The lessons of this build, in course order. They are the files of <c>lessons/</c>.</summary>
internal sealed class LessonCatalog
{
    private const string Prefix = "lessons/";
    private const string FileName = "lesson.json";

    private readonly Dictionary<string, Lesson> byId;

    public LessonCatalog()
        : this(Read(typeof(LessonCatalog).Assembly))
    {
    }

    // For tests: lessons that were read elsewhere.
    internal LessonCatalog(IEnumerable<Lesson> lessons)
    {
        All = [.. lessons.OrderBy(lesson => lesson.File.Chapter).ThenBy(lesson => lesson.File.Order).ThenBy(lesson => lesson.Id, StringComparer.Ordinal)];
        byId = All.ToDictionary(lesson => lesson.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<Lesson> All { get; }

    public Lesson? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The lessons before and after one in the course.</summary>
    public (Lesson? Previous, Lesson? Next) Around(Lesson lesson)
    {
        var place = All.Index().First(item => item.Item.Id == lesson.Id).Index;
        return (All.ElementAtOrDefault(place - 1), All.ElementAtOrDefault(place + 1));
    }

    private static IEnumerable<Lesson> Read(Assembly assembly)
    {
        // The folder separator is that of the machine that built it.
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(name => name.Replace('\\', '/'), StringComparer.Ordinal);
        byte[]? Content(string name)
        {
            if (!names.TryGetValue(name, out var resource))
            {
                return null;
            }

            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        }

        string? Text(string name) => Content(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

        foreach (var id in names.Keys.Where(name => name.EndsWith("/" + FileName, StringComparison.Ordinal)).Select(name => name[Prefix.Length..^(FileName.Length + 1)]))
        {
            var reading = LessonReader.Read(id, Content($"{Prefix}{id}/{FileName}")!, Text($"{Prefix}{id}/en.md"), Text($"{Prefix}{id}/ko.md"));
            yield return reading.Lesson ?? throw new InvalidDataException($"The lesson '{id}' of this build is invalid: {string.Join(" ", reading.Problems)}");
        }
    }
}
