using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Http;

// A JSON object of type T with one long array, written while its items are read: an answer of any length takes little memory. Its other members follow the array;
// they are asked for when all items were read. An answer that has begun cannot become a problem: when the database stops answering, its connection is closed.
internal sealed class StreamedJson<T>(string array, IAsyncEnumerable<object> items, Func<(string Name, object? Value)[]>? others = null)
    : IResult, IEndpointMetadataProvider
{
    private const int FlushBytes = 32 * 1024;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, cancellation) = (httpContext.Response, httpContext.RequestAborted);
        using var wait = httpContext.RequestServices.GetRequiredService<StoreWatch>().BeginWait();
        await using var abort = wait.Unavailable.UnsafeRegister(static request => ((HttpContext)request!).Abort(), httpContext);
        response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = SpecJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteStartArray(array);
        var flushed = 0L;
        await foreach (var item in items.WithCancellation(cancellation))
        {
            JsonSerializer.Serialize(json, item, item.GetType(), SpecJson.Options);
            if (json.BytesCommitted + json.BytesPending - flushed > FlushBytes)
            {
                await json.FlushAsync(cancellation);
                await response.BodyWriter.FlushAsync(cancellation);
                flushed = json.BytesCommitted;
            }
        }

        json.WriteEndArray();
        foreach (var (name, value) in others?.Invoke() ?? [])
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, value?.GetType() ?? typeof(object), SpecJson.Options);
        }

        json.WriteEndObject();
        await json.FlushAsync(cancellation);
        await response.BodyWriter.FlushAsync(cancellation);
    }
}
