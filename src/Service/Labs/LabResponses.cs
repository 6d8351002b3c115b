using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Labs;

/// <summary>A list of labs.</summary>
public sealed record LabList
{
    /// <summary>In the order of a course.</summary>
    public required IReadOnlyList<LabSummary> Items { get; init; }
}

/// <summary>A lab.</summary>
public sealed record LabSummary
{
    /// <summary>Name in addresses.</summary>
    public required string Name { get; init; }

    /// <summary>Display name.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows.</summary>
    public required string Summary { get; init; }

    /// <summary>Requests worth a look; the first is what an empty request stands for.</summary>
    public required IReadOnlyList<LabExampleRequest> Examples { get; init; }
}

/// <summary>A request worth a look.</summary>
public sealed record LabExampleRequest
{
    /// <summary>Name, unique in the lab.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>The request, with every default.</summary>
    public required JsonElement Request { get; init; }
}

/// <summary>The answer of a lab to a request.</summary>
/// <typeparam name="TRequest">The request.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
public sealed record LabAnswer<TRequest, TResult>
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name of the lab.</summary>
    public required string Lab { get; init; }

    /// <summary>State.</summary>
    public required LabState State { get; init; }

    /// <summary>The canonical request, with every default.</summary>
    public required TRequest Request { get; init; }

    /// <summary>The result; null while there is none.</summary>
    public required TResult? Result { get; init; }

    /// <summary>Why there is no result; null if there is one, or none yet.</summary>
    public required LabFailure? Failure { get; init; }

    /// <summary>When it was first asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Seconds that the trainer took; null while it has not ended.</summary>
    public required double? Seconds { get; init; }
}

/// <summary>Why a lab has no result.</summary>
public sealed record LabFailure
{
    /// <summary>Class of the failure.</summary>
    public required FailureClass Class { get; init; }

    /// <summary>The message.</summary>
    public required RunMessageCode Code { get; init; }

    /// <summary>Arguments of the message.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>The message in English.</summary>
    public required string Message { get; init; }
}
