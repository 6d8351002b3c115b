using System.Diagnostics;
using System.Net;
using System.Text;

namespace Trainyard.Service.Tests;

/// <summary>The service's own program in a process of its own, for what only a process can show: exit codes, signals, sudden death.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private ServiceProcess(IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Trainyard.Service"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("ConnectionStrings__Postgres");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
    }

    /// <summary>Process id.</summary>
    public int Id => process.Id;

    /// <summary>Everything written to standard error.</summary>
    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    /// <summary>Starts the program.</summary>
    public static ServiceProcess Start(params (string Name, string Value)[] environment)
    {
        var service = new ServiceProcess(environment);
        service.process.Start();
        service.process.BeginOutputReadLine();
        service.process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Waits until it listens and answers that it is ready.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> WaitUntilReadyAsync()
    {
        Uri? address = null;
        using var http = new HttpClient();
        await Waiting.UntilAsync(
            async () =>
            {
                Assert.False(process.HasExited, $"The service ended with {(process.HasExited ? process.ExitCode : 0)}: {Errors} {Output()}");
                address ??= ListensOn();
                return address is not null && (await http.GetAsync(new Uri(address, "/health/ready"))).StatusCode == HttpStatusCode.OK;
            },
            "the service is ready");
        return address!;
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Waiting.Soon);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Asks it to end, as an orchestrator does.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();

    /// <summary>Ends it with SIGKILL.</summary>
    public void Kill() => process.Kill();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Terminate();
            await WaitForExitAsync();
        }

        process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private string Output()
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    private Uri? ListensOn()
    {
        const string Mark = "Now listening on: ";
        var text = Output();
        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? null : new Uri(text[(at + Mark.Length)..].Split('"', '\n')[0].Trim());
    }
}
