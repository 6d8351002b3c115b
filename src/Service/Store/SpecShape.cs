namespace Trainyard.Service.Store;

/// <summary>Row of table <c>spec_shapes</c>: a set of parameters that some spec has.</summary>
internal sealed class SpecShape
{
    public required int Id { get; init; }

    /// <summary>Ids of pointers, ascending.</summary>
    public required int[] Parameters { get; init; }
}
