using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Trainyard.Architecture.Tests;

/// <summary>Which types of an assembly use which others of the same assembly, read from its IL.</summary>
internal static class TypeUses
{
    /// <summary>Each pair of top-level types, once. Constants and <c>nameof</c> leave no trace in IL.</summary>
    public static IEnumerable<(TypeDefinition User, TypeDefinition Used)> In(ModuleDefinition module) => module.Types
        .SelectMany(user => Referenced(user).SelectMany(Parts).Select(part => Resolve(part, module)).OfType<TypeDefinition>().Distinct()
            .Where(used => used != user).Select(used => (user, used)));

    private static IEnumerable<TypeReference?> Referenced(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Fields.SelectMany(field => field.CustomAttributes).Select(attribute => attribute.AttributeType),
        .. type.Properties.SelectMany(property => property.CustomAttributes).Select(attribute => attribute.AttributeType),
        .. type.Methods.SelectMany(Referenced),
        .. type.NestedTypes.SelectMany(Referenced),
    ];

    private static IEnumerable<TypeReference?> Referenced(MethodDefinition method) =>
    [
        .. Signature(method),
        .. method.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.Select(handler => handler.CatchType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(Referenced) : [],
    ];

    private static IEnumerable<TypeReference?> Referenced(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => [method.DeclaringType, .. Signature(method)],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    // List<Run[]> is List, and Run.
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static TypeDefinition? Resolve(TypeReference part, ModuleDefinition module)
    {
        var outermost = part;
        while (outermost.DeclaringType is { } declaring)
        {
            outermost = declaring;
        }

        return outermost.IsGenericParameter || outermost.Scope != module ? null : module.GetType(outermost.FullName);
    }
}
