using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Trainyard.Service.Access;

/// <summary>Counts wrong tokens at sign-in by the address that they come from; right ones are free.</summary>
internal sealed class SignInLimiter(IOptions<AccessOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.WrongTokensPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    /// <summary>How long the address has to wait; null if it may try now.</summary>
    public TimeSpan? Wait(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(address ?? IPAddress.None, permitCount: 0);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    public void CountWrong(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(address ?? IPAddress.None);
    }

    public void Dispose() => limiter.Dispose();
}
