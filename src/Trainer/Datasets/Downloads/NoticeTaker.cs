using Trainyard.Specs.Events;

namespace Trainyard.Trainer.Datasets.Downloads;

/// <summary>Emits a notice: a message that does not end the run.</summary>
internal delegate void NoticeTaker(RunMessageCode code, params (string Name, object? Value)[] arguments);
