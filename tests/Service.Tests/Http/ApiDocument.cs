using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Trainyard.Service.Tests.Http;

/// <summary>The published description of the API, <c>openapi.json</c>, to check responses against.</summary>
internal sealed class ApiDocument
{
    private static readonly Lazy<ApiDocument> Golden = new(() => new(JsonNode.Parse(File.ReadAllText(Repository.PathOf("src", "Service", "openapi.json")))!));

    private readonly JsonSchema schemas;

    private ApiDocument(JsonNode document)
    {
        Json = document;
        List<Operation> operations = [];
        var definitions = new JsonObject();
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            definitions[name] = ToJsonSchema(schema!);
        }

        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, description) in methods!.AsObject())
            {
                var operation = new Operation(path, method.ToUpperInvariant(), description!);
                operations.Add(operation);
                foreach (var (status, type, schema) in operation.Bodies())
                {
                    definitions[operation.Definition(status, type)] = ToJsonSchema(schema);
                }
            }
        }

        // runs/columns before runs/{id}.
        Operations = [.. operations.OrderBy(operation => operation.Path.Count(letter => letter == '{'))];
        schemas = JsonSchema.FromText(new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = "https://trainyard.test/openapi", ["$defs"] = definitions }.ToJsonString());
    }

    public static ApiDocument Published => Golden.Value;

    public JsonNode Json { get; }

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The problem of a response: an undocumented status or content type, or a body that does not match its schema; null if there is none.</summary>
    public async Task<string?> FindProblemAsync(HttpMethod method, Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var isHead = method == HttpMethod.Head;
        var verb = isHead ? "GET" : method.Method;
        var operation = Operations.FirstOrDefault(operation => operation.Method == verb && operation.Matches(address.AbsolutePath));
        if (operation is null || response.StatusCode == HttpStatusCode.MethodNotAllowed)
        {
            return null;
        }

        var status = $"{(int)response.StatusCode}";
        if (operation.Description["responses"]![status] is not { } documented)
        {
            return $"{verb} {operation.Path} does not document status {status}.";
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        var content = documented["content"]?.AsObject();
        if (type is null || content is null)
        {
            return type is null && (content is null || isHead) ? null : $"{verb} {operation.Path} has a content type of {type ?? "nothing"} for {status}, and documents {content?.ToJsonString() ?? "nothing"}.";
        }

        if (!content.ContainsKey(type))
        {
            return $"{verb} {operation.Path} does not document {type} for {status}.";
        }

        if (isHead || !type.EndsWith("json", StringComparison.Ordinal))
        {
            return null;
        }

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return FindProblem(operation, status, type, body.RootElement) is { } problem ? $"{verb} {operation.Path} has a body for {status} that its schema does not allow: {problem}" : null;
    }

    /// <summary>Why a body does not match the schema of a response; null if it does.</summary>
    public string? FindProblem(Operation operation, string status, string type, JsonElement body)
    {
        var result = Schema(operation.Definition(status, type)).Evaluate(body, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? null
            : string.Join("; ", (result.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).Take(8)
                .Select(detail => $"{detail.InstanceLocation} {string.Join(", ", detail.Errors!.Values)} ({detail.SchemaLocation.Fragment})"));
    }

    private JsonSchema Schema(string definition)
    {
        lock (cache)
        {
            if (!cache.TryGetValue(definition, out var schema))
            {
                cache[definition] = schema = JsonSchema.FromText(new JsonObject { ["$ref"] = $"{schemas.BaseUri}#/$defs/{definition}" }.ToJsonString());
            }

            return schema;
        }
    }

    private readonly Dictionary<string, JsonSchema> cache = new(StringComparer.Ordinal);

    // OpenAPI 3.0 has a dialect of its own: nullable in place of the type null, and exclusive bounds as a flag of the bound.
    private static JsonNode ToJsonSchema(JsonNode schema)
    {
        if (schema is JsonArray array)
        {
            return new JsonArray([.. array.Select(item => item is null ? null : ToJsonSchema(item))]);
        }

        if (schema is not JsonObject members)
        {
            return schema.DeepClone();
        }

        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            result[name] = name switch
            {
                "nullable" or "discriminator" or "readOnly" or "description" or "example" or "default" => null,
                "$ref" => value!.GetValue<string>().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal),
                "enum" or "required" => value!.DeepClone(),
                "properties" => new JsonObject(value!.AsObject().Select(member => KeyValuePair.Create(member.Key, (JsonNode?)ToJsonSchema(member.Value!)))),
                _ => value is null ? null : ToJsonSchema(value),
            };
            if (result[name] is null)
            {
                result.Remove(name);
            }
        }

        foreach (var (bound, flag) in new[] { ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum") })
        {
            if (result[flag] is JsonValue value && value.TryGetValue<bool>(out var isExclusive))
            {
                result.Remove(flag);
                if (isExclusive && result[bound] is { } limit)
                {
                    result.Remove(bound);
                    result[flag] = limit;
                }
            }
        }

        return members["nullable"] is JsonValue nullable && nullable.TryGetValue<bool>(out var isNullable) && isNullable
            ? new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, result) }
            : result;
    }
}

/// <summary>One operation of the API.</summary>
internal sealed class Operation(string path, string method, JsonNode description)
{
    private readonly string[] segments = path.Split('/');

    public string Path => path;

    public string Method => method;

    public JsonNode Description => description;

    public string Id => description["operationId"]!.GetValue<string>();

    public bool Matches(string address)
    {
        var given = (address.EndsWith('/') ? address[..^1] : address).Split('/');
        return given.Length == segments.Length && segments.Zip(given).All(pair =>
            pair.First is ['{', ..] ? pair.Second.Length > 0 : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>An address of the operation.</summary>
    public string Address(Guid run) =>
        path.Replace("{id}", $"{run}", StringComparison.Ordinal).Replace("{run}", $"{run}", StringComparison.Ordinal).Replace("{file}", "1.safetensors", StringComparison.Ordinal);

    /// <summary>The documented parameters at a place: path, query or header.</summary>
    public IEnumerable<JsonNode> Parameters(string place) =>
        (description["parameters"]?.AsArray() ?? []).Select(parameter => parameter!).Where(parameter => parameter["in"]!.GetValue<string>() == place);

    /// <summary>The documented bodies by status and content type.</summary>
    public IEnumerable<(string Status, string Type, JsonNode Schema)> Bodies() =>
        from response in description["responses"]!.AsObject()
        from content in response.Value!["content"]?.AsObject() ?? []
        select (response.Key, content.Key, content.Value!["schema"]!);

    public string Definition(string status, string type) => $"{Id}-{status}-{type.Replace('/', '-').Replace('+', '-')}";
}
