namespace Trainyard.Service.Store;

/// <summary>Row of table <c>spec_pointers</c>: a place in specs, by number.</summary>
internal sealed class SpecPointer
{
    public required int Id { get; init; }

    public required string Pointer { get; init; }
}
