namespace Trainyard.Specs.Findings;

/// <summary>Findings in the making; at most <see cref="Maximum"/>, so that rubbish of any size gets an answer of bounded size.</summary>
internal sealed class FindingList
{
    private const int Maximum = 100;

    private readonly List<SpecFinding> findings = [];

    public bool HasErrors { get; private set; }

    public void Error(string pointer, string? found, SpecFindingCode code, params (string Name, object? Value)[] arguments)
    {
        HasErrors = true;
        if (findings.Count < Maximum)
        {
            findings.Add(SpecFinding.Error(pointer, found, code, arguments));
        }
    }

    public void Error(SpecFinding error)
    {
        HasErrors = true;
        findings.Add(error);
    }

    public void Warning(string pointer, string? found, SpecFindingCode code, params (string Name, object? Value)[] arguments) =>
        findings.Add(SpecFinding.Warning(pointer, found, code, arguments));

    /// <summary>Errors first, otherwise in the order of the document.</summary>
    public IReadOnlyList<SpecFinding> Sorted() => [.. findings.OrderByDescending(finding => finding.Severity)];
}
