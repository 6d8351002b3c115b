using static TorchSharp.torch.autograd;

namespace Trainyard.Trainer.Kernels;

/// <summary>Makes a pass of batch norm a part of torch's graph.</summary>
internal sealed class BatchNormFunction : SingleTensorFunction<BatchNormFunction>
{
    private const string Pass = nameof(Pass);

    public override string Name => nameof(BatchNormFunction);

    // vars: input, scale, shift and the pass.
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var (input, scale, shift, pass) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (BatchNormPass)vars[3]);
        var (output, winners) = pass.Forward(input, scale, shift);
        ctx.save_for_backward([input, scale, winners!]);
        ctx.save_data(Pass, pass);
        return output;
    }

    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output) => GraphMemory.Backward(ctx, grad_output, saved =>
    {
        var (input, scale, shift) = ((BatchNormPass)ctx.get_data(Pass)).Backward(saved[0], saved[2], saved[1], grad_output);
        return [input, scale, shift, null!];
    });
}
