namespace Trainyard.Service.Http;

/// <summary>Marks a record whose members that are not <c>required</c> may be missing, such as the body of a request.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OptionalMembersAttribute : Attribute;
