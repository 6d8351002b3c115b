namespace Trainyard.Trainer.Random;

// A seed of a run (that of the data or that of training), from which every random draw is derived: by purpose and index, never by what was drawn before. A resumed run therefore needs no generator
// state, and first weights do not depend on the number of threads or on the tensor engine. Derivation: h0 = mix(seed + G); h1 = mix(h0 + purpose * G); h2 =
// mix(h1 + index * G), with mix the finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014) and G its golden-ratio
// increment. h2 is the start of a RandomStream.
internal readonly record struct RunSeed(long Value)
{
    public RandomStream Stream(RandomPurpose purpose, long index = 0) => new(Derive(purpose, index));

    /// <summary>A seed of 63 bits for a generator of the tensor engine.</summary>
    public long EngineSeed(RandomPurpose purpose, long index = 0) => (long)(Derive(purpose, index) >> 1);

    private ulong Derive(RandomPurpose purpose, long index)
    {
        var hash = RandomStream.Mix((ulong)Value + RandomStream.Increment);
        hash = RandomStream.Mix(hash + ((ulong)purpose * RandomStream.Increment));
        return RandomStream.Mix(hash + ((ulong)index * RandomStream.Increment));
    }
}
