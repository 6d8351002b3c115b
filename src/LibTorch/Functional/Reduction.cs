namespace TorchSharp;

public static partial class torch
{
    /// <summary>Parts of networks.</summary>
    public static partial class nn
    {
        /// <summary>What becomes of the losses of a batch; the values are libtorch's.</summary>
        public enum Reduction : long
        {
            /// <summary>They are returned.</summary>
            None = 0,

            /// <summary>Their mean.</summary>
            Mean = 1,

            /// <summary>Their sum.</summary>
            Sum = 2,
        }
    }
}
