using System.Diagnostics;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Postgres;

/// <summary>Runs a small program to its end.</summary>
internal static class ShortProcess
{
    /// <summary>Runs a program in the root folder, with nothing to read.</summary>
    /// <returns>Exit code, and standard output followed by standard error.</returns>
    /// <exception cref="StartupException">The program is missing.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            throw new StartupException($"{program} cannot be run: {problem.Message}.", problem);
        }
    }
}
