namespace Trainyard.Trainer.Inspection;

/// <summary>There is no such sample or unit, or the network has no finite values for it. The message says which.</summary>
internal sealed class InspectionRefusedException(string message) : Exception(message);
