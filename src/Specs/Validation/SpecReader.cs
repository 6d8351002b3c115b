
namespace Trainyard.Specs.Validation;

/// <summary>Turns what a person wrote into a canonical spec, or says everything that is wrong with it at once.</summary>
public static partial class SpecReader
{
    /// <summary>Largest document that is read, in bytes.</summary>
    public const int MaximumBytes = 256 * 1024;
}
