namespace Trainyard.Service.Access;

/// <summary>Creates the first token, for an administrator, and prints it: never again, and never to the log.</summary>
internal sealed class FirstToken(TokenStore tokens) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
