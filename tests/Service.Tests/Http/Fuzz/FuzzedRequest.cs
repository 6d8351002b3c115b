using System.Text;

namespace Trainyard.Service.Tests.Http.Fuzz;

/// <summary>A request as it is sent: nothing is normalized on the way.</summary>
internal sealed record FuzzedRequest
{
    // Larger bodies are sent after the service has agreed to read them.
    private const int LargeBody = 64 * 1024;

    public required string Method { get; init; }

    /// <summary>Path and query, escaped.</summary>
    public required string Target { get; init; }

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[]? Body { get; init; }

    public HttpRequestMessage ToMessage(Uri service)
    {
        var address = new Uri($"{service.GetLeftPart(UriPartial.Authority)}{Target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Method), address);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Headers.ExpectContinue = Body.Length > LargeBody;
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    public override string ToString() =>
        $"{Method} {Cut(Target)} {string.Join(' ', Headers.Select(header => $"[{header.Name}: {Cut(header.Value)}]"))} {(Body is null ? "" : Cut(Encoding.UTF8.GetString(Body)))}";

    private static string Cut(string text) => text.Length > 400 ? $"{text[..400]}... ({text.Length} characters)" : text;
}
