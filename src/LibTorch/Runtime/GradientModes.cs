using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Until disposed, operators on this thread record nothing for gradients.</summary>
    public static IDisposable no_grad() => new GradientMode(enabled: false);

    /// <summary>Until disposed, operators on this thread record what gradients need, or nothing when <paramref name="enabled"/> is false.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    /// <summary>True when operators on this thread record what gradients need.</summary>
    public static bool is_grad_enabled() => NativeMethods.ty_grad_mode() != 0;

    /// <summary>
    /// Until disposed, tensors made on this thread can never take part in a gradient, which is a little faster than
    /// <see cref="no_grad"/>. Dispose on the same thread.
    /// </summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    /// <summary>True in <see cref="inference_mode"/>.</summary>
    public static bool is_inference_mode_enabled() => NativeMethods.ty_inference_mode() != 0;

    private sealed class GradientMode : IDisposable
    {
        private readonly int _before = NativeMethods.ty_grad_mode();

        internal GradientMode(bool enabled) => NativeMethods.ty_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => NativeMethods.ty_set_grad_mode(_before);
    }

    /// <summary>The native guard belongs to its thread, so it has no finalizer: an undisposed one stays in force, as in C++.</summary>
    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint _guard = NativeMethods.ty_inference_mode_enter(enabled ? 1 : 0);

        public void Dispose()
        {
            if (_guard != 0)
            {
                NativeMethods.ty_inference_mode_leave(_guard);
                _guard = 0;
            }
        }
    }
}
