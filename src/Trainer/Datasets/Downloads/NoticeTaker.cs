using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Datasets.Downloads;

/// <summary>Takes something that a person should know and that does not end the run.</summary>
/// <param name="code">What the message says.</param>
/// <param name="message">One or two English sentences.</param>
/// <param name="arguments">What they are made with.</param>
internal delegate void NoticeTaker(RunMessageCode code, string message, params (string Name, object? Value)[] arguments);
