namespace Trainyard.Service.Store;

/// <summary>Row of table <c>webhook_endpoints</c>. The columns are explained in <c>migrations/V0007__webhooks.sql</c>.</summary>
internal sealed class WebhookEndpoint
{
    public required string Url { get; init; }
}

/// <summary>Row of table <c>webhook_deliveries</c>. A trigger of the runs table adds it.</summary>
internal sealed class WebhookDelivery
{
    public required Guid Id { get; init; }

    public required string Url { get; init; }

    public required Guid RunId { get; init; }

    /// <summary>The state in which the run ended.</summary>
    public required string State { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Attempts so far, with the one under way.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the next attempt is due.</summary>
    public required DateTimeOffset NextAt { get; init; }
}
