using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Uniform draws from [from, to). In place.</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) => Aten.UniformInPlace.Mutate(this, from, to, generator);

        /// <summary>Normal draws. In place.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Aten.NormalInPlace.Mutate(this, mean, std, generator);

        /// <summary>1 with probability p, otherwise 0. In place.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Aten.BernoulliFloatInPlace.Mutate(this, p, generator);

        /// <summary>1 with the probability that <paramref name="p"/> gives for each element, otherwise 0. In place.</summary>
        public Tensor bernoulli_(Tensor p, Generator? generator = null) => Aten.BernoulliTensorInPlace.Mutate(this, p, generator);

        /// <summary>1 with the probability that each element gives, otherwise 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => Aten.Bernoulli.Call(this, generator);

        /// <summary>Uniform integers from [from, to). In place.</summary>
        public Tensor random_(double from, double to, Generator? generator = null) => Aten.RandomFromInPlace.Mutate(this, (long)from, (long)to, generator);

        /// <summary>Indices drawn with probabilities proportional to each row: [n] or [rows, n] int64.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Aten.Multinomial.Call(this, num_samples, replacement, generator);
    }
}
