using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Service.Webhooks;

/// <summary>The signature of a delivery as in Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 of id, time and body, each with a dot between.</summary>
internal static class WebhookSignature
{
    /// <summary>What a key in base64 begins with; any other key is text.</summary>
    public const string KeyPrefix = "whsec_";

    public static bool TryReadKey(string secret, out byte[] key)
    {
        if (!secret.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            key = Encoding.UTF8.GetBytes(secret);
            return true;
        }

        var buffer = new byte[secret.Length];
        var isBase64 = Convert.TryFromBase64String(secret[KeyPrefix.Length..], buffer, out var length);
        key = buffer[..length];
        return isBase64;
    }

    /// <summary>The header <c>webhook-signature</c>.</summary>
    public static string Sign(byte[] key, string id, DateTimeOffset time, string body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{time.ToUnixTimeSeconds()}.{body}"));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
