using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace Trainyard.LibTorch.Tests.Interop;

public sealed class OperatorTests
{
    [Fact]
    public void EveryOperatorInUse_ExistsInThisLibtorch()
    {
        var operators = typeof(Aten).GetFields(BindingFlags.NonPublic | BindingFlags.Static).Select(f => (Operator)f.GetValue(obj: null)!).ToList();
        Assert.True(operators.Count > 200);
        Assert.All(operators, op => Assert.NotEqual(0, op.Resolve()));
    }

    [Fact]
    public void Resolve_UnknownOperator_Throws()
    {
        var error = Assert.Throws<ExternalException>(() => new Operator("no_such.Overload").Resolve());
        Assert.Contains("no_such", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_TooFewArguments_NamesTheMissingOne()
    {
        using var x = ones(1);
        var error = Assert.Throws<ExternalException>(() => new Operator("mm").Call(x));
        Assert.Contains("mat2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_TooManyArguments_Throws()
    {
        using var x = ones(1);
        Assert.Throws<ExternalException>(() => new Operator("sqrt").Call(x, x));
    }

    [Fact]
    public void Call_ListLongerThanTheStackBuffer_IsPassedWhole()
    {
        using var scope = NewDisposeScope();
        var parts = Enumerable.Range(0, 200).Select(i => full(1, i)).ToArray();
        Assert.Equal(199 * 200 / 2, cat(parts).sum().item<long>());
    }
}
