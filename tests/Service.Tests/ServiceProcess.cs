using System.Diagnostics;
using System.Net;

namespace Trainyard.Service.Tests;

/// <summary>The service as a process of its own, for what only a process can show: exit codes, signals, sudden death.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly BackgroundProcess process;

    private ServiceProcess(BackgroundProcess process) => this.process = process;

    public int Id => process.Id;

    public string Output => process.Output;

    public string Errors => process.Errors;

    /// <summary>Starts the program with these environment variables and no connection string of the caller's.</summary>
    public static ServiceProcess Start(params IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Trainyard.Service"));
        start.Environment.Remove("ConnectionStrings__Postgres");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ServiceProcess(BackgroundProcess.Start(start));
    }

    // Waits until it listens and reports that it is ready. Returns its address.
    public async Task<Uri> WaitUntilReadyAsync()
    {
        Uri? address = null;
        using var http = new HttpClient();
        await Waiting.UntilAsync(
            async () =>
            {
                Assert.False(process.HasExited, $"The service ended with {(process.HasExited ? process.ExitCode : 0)}: {process.Errors} {process.Output}");
                address ??= ListensOn();
                return address is not null && (await http.GetAsync(new Uri(address, "/health/ready"))).StatusCode == HttpStatusCode.OK;
            },
            "the service is ready");
        return address!;
    }

    public Task<int> WaitForExitAsync() => process.WaitForExitAsync();

    public void Terminate() => process.Terminate();

    public void Kill() => process.Kill();

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private Uri? ListensOn()
    {
        const string Mark = "Now listening on: ";
        var text = process.Output;
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? null : new Uri(text[(at + Mark.Length)..].Split('"', '\n')[0].Trim());
    }
}
