using System.ComponentModel.DataAnnotations;

namespace Trainyard.Service.Http;

/// <summary>The allowed values of a parameter that may be repeated.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal class AllowedItemsAttribute(params string[] items) : ValidationAttribute
{
    public IReadOnlyList<string> Items => items;

    public override bool IsValid(object? value) => value is not string[] given || Array.TrueForAll(given, item => items.Contains(item, StringComparer.Ordinal));

    public override string FormatErrorMessage(string name) => $"The field {name} must be one of {string.Join(", ", items)}.";
}
