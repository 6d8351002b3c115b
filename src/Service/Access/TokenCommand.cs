using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Postgres;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Access;

/// <summary>The command <c>trainyard token</c>: manages tokens for whoever may reach the database, so that nobody is locked out.</summary>
internal static class TokenCommand
{
    public const string Name = "token";

    // Returns 0; 1 when the command failed, 2 for arguments that cannot be read. build: Makes a host with the store and the tokens, which need not be started.
    public static async Task<int> RunAsync(string[] args, Func<WebApplication> build)
    {
        var arguments = new RootCommand("Trains networks from experiment specs.") { Create(build) }.Parse([Name, .. args]);
        if (arguments.Errors.Count > 0)
        {
            foreach (var error in arguments.Errors)
            {
                await Console.Error.WriteLineAsync($"trainyard: {error.Message}");
            }

            return 2;
        }

        return await arguments.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Command Create(Func<WebApplication> build)
    {
        var name = new Option<string>("--name") { Description = "Name of the person. Runs belong to the name.", Required = true };
        var scope = new Option<AccessScope>("--scope") { Description = "read, submit (read, and one's own runs) or admin (everything).", Required = true };
        var days = new Option<int?>("--days") { Description = "Days until it expires; never, unless given." };
        days.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is < 1 or > 36_500)
            {
                result.AddError("--days must be from 1 to 36500.");
            }
        });
        var create = new Command("create", "Creates a token and prints it; it is not shown again.") { name, scope, days };
        create.SetAction((parsed, cancellationToken) => WithTokensAsync(
            build,
            async (tokens, clock) =>
            {
                var now = clock.GetUtcNow();
                var given = new TokenRequest
                {
                    Name = parsed.GetRequiredValue(name),
                    Scope = parsed.GetValue(scope),
                    ExpiresAt = parsed.GetValue(days) is { } until ? now + TimeSpan.FromDays(until) : null,
                };
                var reading = RecordReader.Read(typeof(TokenRequest), JsonSerializer.SerializeToUtf8Bytes(given, SpecJson.Options));
                if (reading.Findings is [var finding, ..])
                {
                    throw new StartupException($"--{finding.Pointer[1..]}: {finding.Message}");
                }

                var request = JsonSerializer.Deserialize<TokenRequest>(reading.Document, SpecJson.Options)!;
                Console.WriteLine((await tokens.CreateAsync(request, createdBy: null, cancellationToken)).Token);
            },
            cancellationToken));

        var list = new Command("list", "Lists the tokens, latest first, without the tokens themselves.");
        list.SetAction((_, cancellationToken) => WithTokensAsync(
            build,
            async (tokens, clock) =>
            {
                var all = await tokens.ListAsync(cancellationToken);
                Console.WriteLine($"{"id",-36}  {"scope",-6}  {"created",-16}  {"last used",-16}  {"validity",-24}  name");
                foreach (var token in all)
                {
                    var validity = token.RevokedAt is { } revoked ? $"revoked {Time(revoked)}"
                        : token.ExpiresAt is not { } end ? "valid"
                        : end <= clock.GetUtcNow() ? $"expired {Time(end)}" : $"until {Time(end)}";
                    Console.WriteLine(
                        $"{token.Id}  {token.Scope.ToWireName(),-6}  {Time(token.CreatedAt)}  {(token.LastUsedAt is { } used ? Time(used) : "never"),-16}  {validity,-24}  {token.Name}");
                }
            },
            cancellationToken));

        var id = new Argument<Guid>("id") { Description = "Id of the token, from the list." };
        var revoke = new Command("revoke", "Revokes a token: requests with it, and sessions that it began, are refused from now on.") { id };
        revoke.SetAction((parsed, cancellationToken) => WithTokensAsync(
            build,
            async (tokens, _) =>
            {
                if (!await tokens.RevokeAsync(parsed.GetRequiredValue(id), cancellationToken))
                {
                    throw new StartupException($"There is no token {parsed.GetRequiredValue(id)}; 'trainyard token list' lists the tokens.");
                }
            },
            cancellationToken));

        return new Command(Name, "Creates, lists and revokes tokens (Access:Authentication=tokens). Uses the database of the settings, also while the service runs.")
        {
            create, list, revoke,
        };
    }

    // A running service holds its private server, whose socket serves this process too; otherwise the store is started for as long as the command takes.
    private static async Task<int> WithTokensAsync(Func<WebApplication> build, Func<TokenStore, TimeProvider, Task> action, CancellationToken cancellationToken)
    {
        await using var app = build();
        var services = app.Services;
        var store = services.GetServices<IHostedService>().OfType<StoreStart>().Single();
        var isServed = services.GetService<EmbeddedPostgres>() is not null && await RespondsAsync(services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
        if (!isServed)
        {
            await store.StartAsync(cancellationToken);
        }

        try
        {
            await action(services.GetRequiredService<TokenStore>(), services.GetRequiredService<TimeProvider>());
            return 0;
        }
        finally
        {
            if (!isServed)
            {
                await store.StopAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<bool> RespondsAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
