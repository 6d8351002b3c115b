using Trainyard.Service.Store;

namespace Trainyard.Service.Access;

/// <summary>Creates the first token, for an administrator, and prints it: never again, and never to the log.</summary>
internal sealed class FirstToken(TokenStore tokens, StoreRetry retry) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => retry.RunAsync(CreateAsync, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (await tokens.CreateFirstAsync(cancellationToken) is { } token)
        {
            await Console.Error.WriteLineAsync(
                $"""

                The first token, with scope admin. It is shown only now: sign in with it on the page, and make a token for each person.

                    {token}

                """);
        }
    }
}
