using Trainyard.Specs.Events.Sessions;

namespace Trainyard.Trainer.Observation;

/// <summary>The outputs of the units of a layer over the plane, as small maps.</summary>
internal static class UnitMaps
{
    // Of the first units; a network that is drawn has no more in a layer.
    private const int MostUnits = 16;
    private const int Side = 24;
    private const int Neutral = 128;

    // output: [side * side, units], row by row from the lower edge up. side: Points in a row of the grid.
    public static LayerMaps Of(string name, Tensor output, int side)
    {
        using var scope = NewDisposeScope();
        var units = (int)output.shape[1];
        var shown = Math.Min(units, MostUnits);
        var grid = output.narrow(1, 0, shown).to_type(ScalarType.Float32).t().reshape(shown, side, side);
        using var values = nn.functional.adaptive_avg_pool2d(grid, [Side, Side]).nan_to_num(0, 0, 0).cpu().contiguous().data<float>();
        var all = values.ToArray();
        return new LayerMaps
        {
            Name = name,
            Units = units,
            Side = Side,
            Maps = [.. Enumerable.Range(0, shown).Select(unit => Map(all.AsSpan(unit * Side * Side, Side * Side)))],
        };
    }

    private static UnitMap Map(ReadOnlySpan<float> values)
    {
        var most = 0f;
        foreach (var value in values)
        {
            most = Math.Max(most, Math.Abs(value));
        }

        var bytes = new byte[values.Length];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)(Neutral + (most > 0 ? (int)MathF.Round((Neutral - 1) * values[index] / most) : 0));
        }

        return new UnitMap { Scale = most, Values = Convert.ToBase64String(bytes) };
    }
}
