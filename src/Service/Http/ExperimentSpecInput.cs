namespace Trainyard.Service.Http;

/// <summary>
/// A spec as a person writes it: everything but the dataset, the kind of the model and the blocks of a CNN may be left out. Stands for the
/// request body in the OpenAPI document only; the body itself is read by the spec reader, which reports every problem at once.
/// </summary>
internal sealed record ExperimentSpecInput;
