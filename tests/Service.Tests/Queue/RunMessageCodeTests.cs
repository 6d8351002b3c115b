using System.Text.Json;
using System.Text.RegularExpressions;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Tests.Queue;

public sealed class RunMessageCodeTests
{
    // One list for the trainer and the service: a code that nobody says is one that pages translate in vain. A rescue is said by its statement.
    [Fact]
    public void Codes_All_AreSaidByTheTrainerOrTheService()
    {
        string[] sources = [Repository.PathOf("src", "Trainer"), Repository.PathOf("src", "Service")];
        var said = sources.SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Code{Path.DirectorySeparatorChar}CSharp", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\bStoryCode\.(?<code>[A-Z]\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)))
            .Select(match => match.Groups["code"].Value)
            .Append(nameof(RunMessageCode.WorkerLost))
            .Distinct(StringComparer.Ordinal);

        Assert.Equal(Enum.GetNames<RunMessageCode>().Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
        Assert.Contains($"'{JsonSerializer.Serialize(RunMessageCode.WorkerLost, Specs.Spec.SpecJson.Options).Trim('"')}'", Trainyard.Service.Queue.QueueSql.Rescue, StringComparison.Ordinal);
    }
}
