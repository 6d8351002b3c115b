namespace Trainyard.Specs.Validation;

/// <summary>Findings in the making; at most <see cref="Maximum"/>, so that rubbish of any size gets an answer of bounded size.</summary>
internal sealed class FindingList
{
    private const int Maximum = 100;

    private readonly List<SpecFinding> findings = [];

    public bool HasErrors { get; private set; }

    public void Error(string pointer, string? found, string allowed, string message, string fix) =>
        Add(FindingSeverity.Error, pointer, found, allowed, message, fix);

    public void Warning(string pointer, string? found, string allowed, string message, string fix) =>
        Add(FindingSeverity.Warning, pointer, found, allowed, message, fix);

    /// <summary>Errors first, otherwise in the order of the document.</summary>
    public IReadOnlyList<SpecFinding> Sorted() => [.. findings.OrderByDescending(finding => finding.Severity)];

    private void Add(FindingSeverity severity, string pointer, string? found, string allowed, string message, string fix)
    {
        HasErrors |= severity == FindingSeverity.Error;
        if (findings.Count < Maximum)
        {
            findings.Add(new SpecFinding { Severity = severity, Pointer = pointer, Message = message, Found = found, Allowed = allowed, Fix = fix });
        }
    }
}
