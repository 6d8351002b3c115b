using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A handle on an n-dimensional array of numbers. Several handles can share one array (views, <see cref="alias"/>). The open
    /// dispose scope owns a new handle; otherwise whoever made it disposes it, or at last the finalizer does.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;
        private nint _handle;

        internal Tensor(nint handle)
            : this(handle, register: true)
        {
        }

        /// <summary>Takes over a native reference. An unregistered handle belongs to no scope and is not counted as created.</summary>
        internal Tensor(nint handle, bool register)
        {
            _handle = handle;
            var count = Interlocked.Increment(ref _totalCount);
            for (var peak = Volatile.Read(ref _peakCount); count > peak;)
            {
                var seen = Interlocked.CompareExchange(ref _peakCount, count, peak);
                if (seen == peak)
                {
                    break;
                }

                peak = seen;
            }

            if (register)
            {
                DisposeScopeManager.OfThread.Register(this);
            }
        }

        /// <summary>Releases the native reference.</summary>
        ~Tensor() => Dispose(disposing: false);

        /// <summary>Handles alive in the process.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        /// <summary>The most handles that were alive at one time.</summary>
        public static long PeakCount => Interlocked.Read(ref _peakCount);

        /// <summary>The native tensor's address.</summary>
        /// <exception cref="InvalidOperationException">The handle was disposed or given away.</exception>
        public IntPtr Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>True after the handle was disposed or given away.</summary>
        public bool IsInvalid => _handle == 0;

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Releases the handle; the array lives on while other handles or a gradient graph refer to it.</summary>
        public void Dispose()
        {
            Dispose(disposing: true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives the tensor to the scope around the one that owns it. Returns it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Gives the tensor to the scope that owns another tensor. Returns it.</summary>
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Gives the tensor to another scope; with null, takes it out of its scope. Returns it.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } owner)
            {
                owner.MoveToOther(other, this);
            }
            else
            {
                other?.Attach(this);
            }

            return this;
        }

        /// <summary>Takes the tensor out of the scope that owns it: from now on its holder disposes it. Returns it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>A second handle on the same array with the same gradient history.</summary>
        public Tensor alias()
        {
            var copy = Wrap(NativeMethods.ty_tensor_alias(Handle));
            GC.KeepAlive(this);
            return copy;
        }

        /// <summary>Type, shape and device; the elements are not read.</summary>
        public override string ToString() =>
            IsInvalid ? "Tensor (disposed)" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        /// <summary>Releases the native reference; on the finalizer's thread, scopes and their counts are not touched.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var handle = TakeHandle();
            if (handle == 0)
            {
                return;
            }

            if (disposing)
            {
                DisposeScopeManager.OfThread.CountDisposal(this);
                OwningDisposeScope?.Forget(this);
                OwningDisposeScope = null;
            }

            NativeMethods.ty_tensor_free(handle);
        }

        /// <summary>Gives the native reference away and leaves this handle invalid.</summary>
        internal nint TakeHandle()
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Interlocked.Decrement(ref _totalCount);
            }

            return handle;
        }
    }
}
