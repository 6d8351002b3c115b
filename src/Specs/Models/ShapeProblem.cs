namespace Trainyard.Specs.Models;

/// <summary>The first setting of a model that its input does not fit. The pointer is that of the setting.</summary>
internal sealed record ShapeProblem(string Pointer, string? Found, string Allowed, string Message, string Fix);
