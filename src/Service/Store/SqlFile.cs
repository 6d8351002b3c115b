using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Service.Store;

/// <summary>One file of <c>migrations/</c>, as it is embedded in this assembly.</summary>
internal sealed record SqlFile
{
    private const string Prefix = "migrations/";

    /// <summary>File name without extension, as in <c>0001_runs</c>; also the id of the migration.</summary>
    public required string Name { get; init; }

    /// <summary>The statements.</summary>
    public required string Sql { get; init; }

    /// <summary>SHA-256 of the text with LF line ends, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>All files, in order.</summary>
    public static IReadOnlyList<SqlFile> Embedded { get; } = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => Read(name))
        .OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <summary>Makes a file from its text.</summary>
    public static SqlFile Create(string name, string text)
    {
        var sql = text.ReplaceLineEndings("\n");
        return new SqlFile { Name = name, Sql = sql, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))) };
    }

    private static SqlFile Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!, Encoding.UTF8);
        return Create(Path.GetFileNameWithoutExtension(resource[Prefix.Length..]), reader.ReadToEnd());
    }
}
