namespace Trainyard.Trainer.Initializers;

// Connections of a unit: values that flow into one output, and outputs that one input flows into. A convolution has channels in * kernel^2 and filters *
// kernel^2.
internal sealed record Fan(int In, int Out);
