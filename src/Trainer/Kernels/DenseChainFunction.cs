using static TorchSharp.torch.autograd;

namespace Trainyard.Trainer.Kernels;

/// <summary>A forward pass through a chain and what its backward pass needs beside the values; the parameters must not change in between.</summary>
internal sealed record DenseChainPass(DenseChain Chain, Tensor[][] Parameters, bool WantsInput);

/// <summary>Makes a chain a part of torch's graph.</summary>
internal sealed class DenseChainFunction : SingleTensorFunction<DenseChainFunction>
{
    private const string Pass = nameof(Pass);

    public override string Name => nameof(DenseChainFunction);

    // vars: The pass, the input and all parameters.
    public override Tensor forward(AutogradContext ctx, params object[] vars)
    {
        var pass = (DenseChainPass)vars[0];
        var (output, values) = pass.Chain.Compute((Tensor)vars[1], pass.Parameters);
        ctx.save_for_backward([values]);
        ctx.save_data(Pass, pass);
        return output;
    }

    public override List<Tensor> backward(AutogradContext ctx, Tensor grad_output)
    {
        var pass = (DenseChainPass)ctx.get_data(Pass);
        var gradients = Array.ConvertAll(pass.Parameters, own => Array.ConvertAll(own, parameter => zeros(parameter.shape)));
        var ofInput = pass.WantsInput ? empty(grad_output.shape[0], pass.Chain.Inputs) : null;
        pass.Chain.Backward(ctx.get_saved_variables()[0], pass.Parameters, gradients, grad_output, ofInput);
        return [null!, ofInput!, .. gradients.SelectMany(own => own)];
    }
}
