namespace Trainyard.Trainer.Observation;

/// <summary>Numbers computed on the device and fetched together, so that the host waits once for all of them. Tensors live in the caller's dispose scope.</summary>
internal sealed class Measurements
{
    private readonly List<Tensor> pending = [];
    private double[] values = [];

    /// <summary>The Euclidean norm of a tensor as a number, in float64, in which squares neither overflow nor vanish.</summary>
    public static Tensor Norm(Tensor tensor) => tensor.detach().to_type(ScalarType.Float64).norm();

    // Adds a number. Returns its position for the indexer.
    public int Add(Tensor number)
    {
        pending.Add(number.detach().to_type(ScalarType.Float64).reshape(1));
        return pending.Count - 1;
    }

    /// <summary>A number, after <see cref="Fetch"/>.</summary>
    public double this[int position] => values[position];

    /// <summary>Fetches all numbers. Waits for the device.</summary>
    public void Fetch()
    {
        if (pending.Count > 0)
        {
            using var all = cat(pending).cpu().data<double>();
            values = all.ToArray();
        }
    }
}
