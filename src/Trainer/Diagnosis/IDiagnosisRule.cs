using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Trainer.Diagnosis;

/// <summary>Looks for one kind of trouble in what was measured. Keeps no state of its own.</summary>
internal interface IDiagnosisRule
{
    /// <summary>Name, as in <c>vanishing_gradient</c>.</summary>
    string Name { get; }

    /// <summary>What it finds; null: nothing.</summary>
    Finding? Judge(DiagnosisContext picture);
}
