namespace Trainyard.Service.Store;

/// <summary>Row of table <c>run_parameters</c>, made by the database from the spec of a run.</summary>
internal sealed class RunParameter
{
    /// <summary>Id of a pointer; 0: the value is the id of the spec's shape.</summary>
    public required int Parameter { get; init; }

    /// <summary>As jsonb; part of the key, so that its order is that of the list.</summary>
    public required string Value { get; init; }

    public required Guid RunId { get; init; }
}

/// <summary>Row of table <c>spec_pointers</c>: a place in specs, by number.</summary>
internal sealed class SpecPointer
{
    public required int Id { get; init; }

    public required string Pointer { get; init; }
}

/// <summary>Row of table <c>spec_shapes</c>: a set of parameters that some spec has.</summary>
internal sealed class SpecShape
{
    public required int Id { get; init; }

    /// <summary>Ids of pointers, ascending.</summary>
    public required int[] Parameters { get; init; }
}
