using System.Text.Json;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Validation;

namespace Trainyard.Specs.Labs;

/// <summary>A request of a lab, read and checked.</summary>
public sealed record LabReading
{
    /// <summary>The request; null when there are errors.</summary>
    public required object? Request { get; init; }

    /// <summary>The canonical request, with every default, as JSON in UTF-8; null when there are errors.</summary>
    public required byte[]? Document { get; init; }

    /// <summary>Whether the document is not JSON.</summary>
    public bool Malformed { get; init; }

    /// <summary>The errors.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }
}

/// <summary>A request that is worth a look, such as a lecture's example.</summary>
/// <param name="Name">Stable name.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Request">The request.</param>
public sealed record LabExample(string Name, string Title, object Request);

/// <summary>A lab: a small experiment that answers a request at once, on the engine and with the classes that train networks.</summary>
public abstract record LabDefinition
{
    /// <summary>Name in addresses, as in <c>optimizer-paths</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Display name.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Examples; the first is the default request.</summary>
    public required IReadOnlyList<LabExample> Examples { get; init; }

    /// <summary>Record of the request; every member may be left out.</summary>
    public abstract Type Request { get; }

    /// <summary>Record of the result.</summary>
    public abstract Type Result { get; }

    /// <summary>Reads and checks a request; never throws for its content.</summary>
    /// <param name="utf8Json">The document in UTF-8.</param>
    public abstract LabReading Read(ReadOnlyMemory<byte> utf8Json);
}

// A lab of given records. Check: reports what no attribute of a record can express, and returns the canonical request.
internal sealed record LabDefinition<TRequest, TResult> : LabDefinition
    where TRequest : class
{
    public required Func<TRequest, FindingList, TRequest> Check { get; init; }

    public override Type Request => typeof(TRequest);

    public override Type Result => typeof(TResult);

    public override LabReading Read(ReadOnlyMemory<byte> utf8Json)
    {
        var reading = RecordReader.Read(typeof(TRequest), utf8Json);
        if (reading.Document is not { } document)
        {
            return new LabReading { Request = null, Document = null, Malformed = reading.Malformed, Findings = reading.Findings };
        }

        var findings = new FindingList();
        var request = Check(JsonSerializer.Deserialize<TRequest>(document, SpecJson.Options)!, findings);
        return new LabReading
        {
            Request = findings.HasErrors ? null : request,
            Document = findings.HasErrors ? null : JsonSerializer.SerializeToUtf8Bytes(request, SpecJson.Options),
            Findings = findings.Sorted(),
        };
    }
}
