using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Specs.Spec;

/// <summary>The one JSON form of specs and run events: camelCase members, snake_case enum values, unknown members are errors.</summary>
public static class SpecJson
{
    /// <summary>The serializer's settings.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The canonical JSON of a spec: all defaults filled, members in declaration order, no white space.</summary>
    public static string Write(ExperimentSpec spec) => JsonSerializer.Serialize(spec, Options);

    /// <summary>Reads canonical JSON as <see cref="Write"/> makes it; what a person wrote goes through <see cref="Validation.SpecReader"/>.</summary>
    /// <exception cref="JsonException">The text is not a canonical spec.</exception>
    public static ExperimentSpec Read(string json) =>
        JsonSerializer.Deserialize<ExperimentSpec>(json, Options) ?? throw new JsonException("A spec is a JSON object, not null.");

    /// <summary>SHA-256 of the canonical JSON in UTF-8, as 64 lower-case hexadecimal digits.</summary>
    public static string Sha256(ExperimentSpec spec) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(spec))));

    /// <summary>Applies the settings to options that a host owns.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowOutOfOrderMetadataProperties = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
