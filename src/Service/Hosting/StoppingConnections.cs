using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Trainyard.Service.Hosting;

// Connections when the service stops. The server waits for them, and everything that stops after it waits too: event streams end by themselves, and what is still
// open a moment later (a download, a client that reads or sends slowly) is aborted.
internal static class StoppingConnections
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Aborts connections that are open for longer than a grace after the service began to stop.</summary>
    public static void UseStopLimit(this ListenOptions endpoint)
    {
        var late = new CancellationTokenSource();
        endpoint.ApplicationServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => late.CancelAfter(Grace));
        endpoint.Use(next => async connection =>
        {
            await using var abort = late.Token.UnsafeRegister(static open => ((ConnectionContext)open!).Abort(), connection);
            await next(connection);
        });
    }
}
