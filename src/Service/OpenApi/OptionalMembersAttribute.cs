namespace Trainyard.Service.OpenApi;

/// <summary>Marks the body of a request: members that are not <c>required</c> may be left out.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OptionalMembersAttribute : Attribute;
