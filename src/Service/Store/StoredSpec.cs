using System.Text.Json;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Store;

/// <summary>
/// Reads specs that were stored, by this version or an earlier one. What an earlier one did not know of has its default, which is how that
/// version trained: a new member of a spec must have a default that changes nothing.
/// </summary>
internal static class StoredSpec
{
    /// <summary>Reads a stored spec.</summary>
    /// <exception cref="InvalidDataException">It was valid once and is not any more.</exception>
    public static ExperimentSpec Read(JsonElement spec)
    {
        var reading = SpecReader.Read(JsonSerializer.SerializeToUtf8Bytes(spec));
        return reading.IsValid
            ? reading.Spec
            : throw new InvalidDataException($"A stored spec cannot be read: {reading.Findings[0].Pointer}: {reading.Findings[0].Message}");
    }
}
