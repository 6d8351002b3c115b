using System.Text;
using Trainyard.Studies.Space;

namespace Trainyard.Studies.Tests;

/// <summary>Search spaces of the tests.</summary>
internal static class Spaces
{
    /// <summary>A valid space of these parameters, as JSON.</summary>
    public static SearchSpace Read(params string[] parameters)
    {
        var reading = SearchSpaceReader.Read(Encoding.UTF8.GetBytes($$"""{ "parameters": [{{string.Join(", ", parameters)}}] }"""));
        Assert.Empty(reading.Findings);
        return reading.Space!;
    }

    /// <summary>A parameter of kind <c>float</c>, as JSON.</summary>
    public static string Float(string name, double low, double high, string more = "") =>
        $$"""{ "name": "{{name}}", "pointers": ["/{{name}}"], "kind": "float", "low": {{low}}, "high": {{high}}{{more}} }""";
}
