namespace Trainyard.Trainer.Datasets;

/// <summary>A dataset: samples to learn from, of which some will be held out for validation, and the test samples.</summary>
internal sealed record Dataset(SampleSet Train, SampleSet Test);
