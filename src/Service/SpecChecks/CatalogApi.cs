using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;

namespace Trainyard.Service.SpecChecks;

/// <summary>Shows what a spec can say. The answer changes with the build only, so that clients keep it and ask whether it changed.</summary>
internal static class CatalogApi
{
    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(
        new CatalogPage { Techniques = TechniqueCatalog.All, Fields = SpecFields.All }, SpecJson.Options);

    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Body))[..16]}\"");

    /// <summary>Maps <c>/catalog</c>.</summary>
    public static void MapCatalog(this IEndpointRouteBuilder api) => api.MapGet("/catalog", Show)
        .WithName("getCatalog").WithTags("Catalog").WithSummary("Every technique and every member of a spec, with defaults, ranges and explanations")
        .Produces<CatalogPage>().Produces(StatusCodes.Status304NotModified);

    private static FileContentHttpResult Show(HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(Body, "application/json; charset=utf-8", entityTag: Tag);
    }
}
