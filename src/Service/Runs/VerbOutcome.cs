using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>What a statement found and did.</summary>
/// <param name="Found">The state before it.</param>
/// <param name="CancelRequested">Whether the run was being cancelled before it.</param>
/// <param name="Changed">Whether it changed anything.</param>
internal sealed record VerbOutcome(RunState Found, bool CancelRequested, bool Changed);
