using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;

namespace Trainyard.Service.SpecChecks;

/// <summary>All techniques and members of specs, with defaults, ranges and descriptions.</summary>
public sealed record CatalogPage
{
    /// <summary>Techniques.</summary>
    public required IReadOnlyList<TechniqueDefinition> Techniques { get; init; }

    /// <summary>Members that do not depend on a technique.</summary>
    public required IReadOnlyList<SpecField> Fields { get; init; }
}

/// <summary>Serves the catalog. It changes only with the build, so clients revalidate it by entity tag.</summary>
internal static class CatalogApi
{
    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(
        new CatalogPage { Techniques = TechniqueCatalog.All, Fields = SpecFields.All }, SpecJson.Options);

    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Body))[..16]}\"");

    public static void MapCatalog(this IEndpointRouteBuilder api) => api.MapGet("/catalog", Get)
        .WithName("getCatalog").WithTags("Specs").WithSummary("Get the catalog of techniques")
        .WithDescription("All techniques and members of specs, with defaults, ranges and descriptions.")
        .Produces<CatalogPage>().Produces(StatusCodes.Status304NotModified);

    private static FileContentHttpResult Get(HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(Body, "application/json; charset=utf-8", entityTag: Tag);
    }
}
