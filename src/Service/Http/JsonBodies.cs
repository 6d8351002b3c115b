using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Http;

// The bodies of all endpoints, read by the same rules before their handlers: JSON in UTF-8, compressed or not, of a bounded size. Every problem of a record is
// reported at once, and its handler gets the canonical document. A spec has a reader of its own, which follows the same rules and also plans the network.
internal static class JsonBodies
{
    private const string Encodings = "gzip, br, deflate";

    public static void AddJsonBodies(this WebApplicationBuilder builder) => builder.Services.AddRequestDecompression();

    public static void UseJsonBodies(this WebApplication app)
    {
        app.UseRequestDecompression(); // limits the decompressed size too, and removes the header
        app.Use(ReadAsync);
    }

    /// <summary>Documents the responses to a body that cannot be accepted.</summary>
    public static RouteHandlerBuilder ProducesBodyProblems(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .Produces<BodyProblem>(StatusCodes.Status422UnprocessableEntity, "application/problem+json");

    private static async Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type })
        {
            await next(context); // reads no body, whatever its header fields say
        }
        else if (request.Headers.ContentEncoding is { Count: > 0 } encoding && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.AcceptEncoding = Encodings;
            await RefuseTypeAsync(context, $"Content-Encoding is '{encoding}'; send one of {Encodings}, or none.");
        }
        else if (!IsJsonInUtf8(request))
        {
            await RefuseTypeAsync(context, null);
        }
        else
        {
            var body = await ReadBytesAsync(request, context.RequestAborted);
            var reading = type == typeof(ExperimentSpecInput) ? new RecordReading { Document = body, Findings = [] } : RecordReader.Read(type, body);
            if (reading.Document is { } document)
            {
                request.Body = new MemoryStream(document);
                request.ContentLength = document.Length;
                await next(context);
            }
            else
            {
                await BodyProblem.From(reading).ExecuteAsync(context);
            }
        }
    }

    private static Task RefuseTypeAsync(HttpContext context, string? detail) =>
        Problem.FromStatus(StatusCodes.Status415UnsupportedMediaType, context.Request, detail).ExecuteAsync(context);

    /// <summary>Whether the content type is application/json, in UTF-8.</summary>
    public static bool IsJsonInUtf8(HttpRequest request) =>
        request.HasJsonContentType() && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The body, decompressed.</summary>
    public static async Task<byte[]> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new BadHttpRequestException("The body is not compressed as its Content-Encoding says.", StatusCodes.Status400BadRequest, exception);
        }
        catch (IOException exception) when (exception.InnerException is OverflowException)
        {
            throw new BadHttpRequestException("The size of a chunk of the body is not a number of 32 bits.", StatusCodes.Status400BadRequest, exception);
        }

        return body.ToArray();
    }
}
