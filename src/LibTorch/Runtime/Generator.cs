using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>A new generator on a device (default: the CPU).</summary>
        public Generator(ulong seed = 0, Device? device = null)
            : this(NativeMethods.ty_generator_new(seed, (int)(device?.type ?? DeviceType.CPU), device?.index ?? -1), device ?? CPU)
        {
        }

        private Generator(nint handle, Device device)
        {
            if (handle == 0)
            {
                GC.SuppressFinalize(this);
                CheckForErrors();
            }

            _handle = handle;
            this.device = device;
        }

        /// <summary>Releases the native generator.</summary>
        ~Generator() => Dispose(disposing: false);

        /// <summary>The CPU's generator that functions use when they are given none.</summary>
        public static Generator Default => new(NativeMethods.ty_generator_default(), CPU);

        /// <summary>The native generator's address.</summary>
        public IntPtr Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>Where the generator draws.</summary>
        public Device device { get; private set; }

        /// <summary>The whole state: [n] uint8 on the CPU.</summary>
        public Tensor get_state()
        {
            var state = Wrap(NativeMethods.ty_generator_state(Handle));
            GC.KeepAlive(this);
            return state;
        }

        /// <summary>Restores a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value)
        {
            Check(NativeMethods.ty_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        /// <summary>Starts the sequence of a seed. Returns this generator.</summary>
        public Generator manual_seed(long seed)
        {
            Check(NativeMethods.ty_generator_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>The seed that the current sequence started from.</summary>
        public long initial_seed()
        {
            var seed = (long)NativeMethods.ty_generator_initial_seed(Handle);
            GC.KeepAlive(this);
            return seed;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native generator.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                NativeMethods.ty_generator_free(handle);
            }
        }
    }

    /// <summary>Seeds the default generators of the CPU and of every GPU. Returns the CPU's.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>The state of the CPU's default generator: [n] uint8.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Restores a state of the CPU's default generator.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default generators.</summary>
    public static partial class random
    {
        /// <inheritdoc cref="torch.manual_seed"/>
        public static Generator manual_seed(long seed)
        {
            Check(NativeMethods.ty_manual_seed((ulong)seed));
            return Generator.Default;
        }

        /// <inheritdoc cref="torch.get_rng_state"/>
        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        /// <inheritdoc cref="torch.set_rng_state"/>
        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
