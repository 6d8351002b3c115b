using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// An ATen operator, named as in its schema ("add.Tensor" is operator add, overload Tensor). It is looked up at its first call.
/// Arguments are positional in schema order; missing trailing ones take the schema's defaults.
/// </summary>
internal sealed unsafe class Operator(string schemaName)
{
    /// <summary>Lists of up to this many words (dimensions, tensors) are passed on the stack.</summary>
    private const int StackWords = 64;

    private nint _handle;

    /// <summary>Operator and overload, as in "add.Tensor".</summary>
    internal string SchemaName => schemaName;

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(arguments, out var count);
        return count == 1 ? Take(results[0]) : throw Unexpected(count, "one tensor");
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    internal (Tensor First, Tensor Second) Call2(params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(arguments, out var count);
        return count == 2 ? (Take(results[0]), Take(results[1])) : throw Unexpected(count, "two tensors");
    }

    /// <summary>Calls an operator that returns three tensors.</summary>
    internal (Tensor First, Tensor Second, Tensor Third) Call3(params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(arguments, out var count);
        return count == 3 ? (Take(results[0]), Take(results[1]), Take(results[2])) : throw Unexpected(count, "three tensors");
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    internal Tensor[] CallList(params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(arguments, out var count);
        var tensors = new Tensor[count];
        for (var i = 0; i < count; i++)
        {
            tensors[i] = Take(results[i]);
        }

        return tensors;
    }

    /// <summary>Calls an operator that returns a truth value.</summary>
    internal bool CallBoolean(params ReadOnlySpan<Argument> arguments) => CallNumber(arguments).ToBoolean();

    /// <summary>Calls an operator that returns a number.</summary>
    internal Scalar CallNumber(params ReadOnlySpan<Argument> arguments)
    {
        var results = Invoke(arguments, out var count);
        return count == 1 ? new Scalar(results[0].Kind, results[0].Payload) : throw Unexpected(count, "one number");
    }

    /// <summary>Calls an operator that changes its first argument in place; returns that tensor.</summary>
    internal Tensor Mutate(params ReadOnlySpan<Argument> arguments)
    {
        Invoke(arguments, wanted: false, out _);
        return (Tensor)arguments[0].Reference!;
    }

    /// <summary>Looks the operator up; throws when the libtorch at hand has none of that name and overload.</summary>
    internal nint Resolve()
    {
        if (_handle != 0)
        {
            return _handle;
        }

        var dot = schemaName.IndexOf('.', StringComparison.Ordinal);
        var (name, overload) = dot < 0 ? (schemaName, "") : (schemaName[..dot], schemaName[(dot + 1)..]);
        var handle = NativeMethods.ty_operator("aten::" + name, overload);
        if (handle == 0)
        {
            CheckForErrors();
        }

        return _handle = handle;
    }

    private NativeValue* Invoke(ReadOnlySpan<Argument> arguments, out int count) => Invoke(arguments, wanted: true, out count);

    [SkipLocalsInit]
    private NativeValue* Invoke(ReadOnlySpan<Argument> arguments, bool wanted, out int count)
    {
        var op = Resolve();
        var words = 0;
        foreach (ref readonly var argument in arguments)
        {
            words += argument.ExtraWords;
        }

        var values = stackalloc NativeValue[arguments.Length];
        var stackExtra = stackalloc long[StackWords];
        var extra = words <= StackWords ? stackExtra : (long*)NativeMemory.Alloc((nuint)words, sizeof(long));
        NativeValue* results;
        var found = 0;
        try
        {
            var next = extra;
            for (var i = 0; i < arguments.Length; i++)
            {
                values[i] = Lower(in arguments[i], ref next);
            }

            results = NativeMethods.ty_call(op, values, arguments.Length, wanted ? &found : null);
        }
        finally
        {
            if (extra != stackExtra)
            {
                NativeMemory.Free(extra);
            }
        }

        // The handles above are bare addresses: their owners must not be finalized before the call is over.
        foreach (ref readonly var argument in arguments)
        {
            GC.KeepAlive(argument.Reference);
        }

        if (results == null)
        {
            CheckForErrors();
        }

        count = found;
        return results;
    }

    /// <summary>Writes an argument as C sees it; the elements of a list go to <paramref name="next"/>, which moves on.</summary>
    private static NativeValue Lower(in Argument argument, ref long* next)
    {
        var value = new NativeValue { Kind = argument.Kind, Payload = argument.Payload };
        switch (argument.Kind)
        {
            case ValueKind.Tensor:
                value.Payload = ((Tensor)argument.Reference!).Handle;
                break;
            case ValueKind.Generator:
                value.Payload = ((Generator)argument.Reference!).Handle;
                break;
            case ValueKind.Device:
                var device = (Device)argument.Reference!;
                (value.Payload, value.Count) = ((long)device.type, device.index);
                break;
            case ValueKind.Integers:
                var integers = (long[])argument.Reference!;
                (value.Payload, value.Count) = ((nint)next, integers.Length);
                integers.CopyTo(new Span<long>(next, integers.Length));
                next += integers.Length;
                break;
            case ValueKind.Reals:
                var reals = (double[])argument.Reference!;
                (value.Payload, value.Count) = ((nint)next, reals.Length);
                reals.CopyTo(new Span<double>(next, reals.Length));
                next += reals.Length;
                break;
            case ValueKind.Tensors or ValueKind.OptionalTensors:
                var tensors = (Tensor?[])argument.Reference!;
                (value.Payload, value.Count) = ((nint)next, tensors.Length);
                foreach (var tensor in tensors)
                {
                    *next++ = tensor?.Handle ?? 0;
                }

                break;
            case ValueKind.Text:
                var text = (string)argument.Reference!;
                (value.Payload, value.Count) = ((nint)next, text.Length);
                for (var i = 0; i < text.Length; i++)
                {
                    ((byte*)next)[i] = (byte)text[i];
                }

                next += (text.Length + 7) / 8;
                break;
        }

        return value;
    }

    private static Tensor Take(in NativeValue result) => new((nint)result.Payload);

    private InvalidOperationException Unexpected(int count, string expected) =>
        new($"aten::{schemaName} returned {count} values, expected {expected}.");
}
