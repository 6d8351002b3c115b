using System.Numerics;

namespace Trainyard.Trainer.Kernels;

// A rule that changes every weight by itself, as its formula over a few weights at once. A struct, so that the loop around it is compiled for the rule.
internal interface IUpdateRule
{
    /// <summary>Values of state for each weight: 0 to 2.</summary>
    static abstract int States { get; }

    // w: Weights, changed in place. g: Their gradients. s, t: Their first and second state, changed in place where the rule has them.
    void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> t);
}
