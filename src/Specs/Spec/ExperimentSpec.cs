using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Spec;

/// <summary>
/// A complete experiment: every default is filled in, every value is valid. Created by the validator; the canonical JSON of
/// this record is stored, hashed and trained.
/// </summary>
public sealed record ExperimentSpec
{
    /// <summary>Version of the spec format; always 1.</summary>
    public required int Version { get; init; }

    /// <summary>Name of the run, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the experiment that the run belongs to, 1 to 100 characters.</summary>
    public required string Experiment { get; init; }

    /// <summary>Seed of training: initial weights, order of the samples, dropout, augmentation; <see cref="DataSpec.Seed"/> is that of the data. 0 to 2^31 - 1.</summary>
    public required int Seed { get; init; }

    /// <summary>The dataset and its split.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>The network.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>How the network is trained.</summary>
    public required TrainingSpec Training { get; init; }

    /// <summary>Reads canonical JSON, as from <see cref="ToJson"/>; other documents are read by the validator.</summary>
    /// <exception cref="JsonException">The text is not a canonical spec.</exception>
    public static ExperimentSpec FromJson(string json) =>
        JsonSerializer.Deserialize<ExperimentSpec>(json, SpecJson.Options) ?? throw new JsonException("A spec is a JSON object, not null.");

    /// <summary>The canonical JSON: all defaults filled in, members in declaration order, no white space.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SpecJson.Options);

    /// <summary>SHA-256 of the canonical JSON in UTF-8, as 64 lower-case hexadecimal digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson())));
}
