/// <summary>Layers, one after the other.</summary>
internal sealed class Network(IReadOnlyList<Layer> layers) : IDisposable
{
    public IReadOnlyList<Layer> Layers => layers;

    public IEnumerable<Parameter> Parameters => layers.SelectMany(layer => layer.Parameters);

    public IEnumerable<(string Name, Tensor Tensor)> Buffers => layers.SelectMany(layer => layer.Buffers);

    public bool IsRandom => layers.Any(layer => layer.IsRandom);

    public Tensor Forward(Tensor input, Mode mode) => layers.Aggregate(input, (values, layer) => layer.Forward(values, mode));

    public void Dispose()
    {
        foreach (var layer in layers)
        {
            layer.Dispose();
        }
    }
}
