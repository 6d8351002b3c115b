using System.ComponentModel.DataAnnotations;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Http;

/// <summary>Maximum length of a parameter in Unicode code points, as JSON Schema counts it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class TextLengthAttribute(int maximumLength) : StringLengthAttribute(maximumLength)
{
    public override bool IsValid(object? value) => value is not string text || UnicodeText.Length(text) <= MaximumLength;
}
