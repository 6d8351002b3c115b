using System.Net;
using System.Net.Http.Headers;

namespace Trainyard.Trainer.Datasets.Downloads;

/// <summary>
/// Brings what an address has into a partial file, from where that file ends: by a Range request (RFC 9110, section 14), again after every break, until a break
/// comes without any new byte between.
/// </summary>
internal sealed class Transfer(HttpClient client, TimeProvider time, TimeSpan pause)
{
    private const int BreaksWithoutNews = 3;

    // A connection that is this long silent is broken.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Fills the file to its end.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="file">What it goes to.</param>
    /// <param name="progress">Called with the bytes so far and in all; null: not known.</param>
    /// <param name="cancellation">Ends it; what has come stays.</param>
    /// <exception cref="DownloadException">The address does not give it.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task FillAsync(Uri address, PartialFile file, Action<long, long?> progress, CancellationToken cancellation)
    {
        for (var breaks = 1; ; breaks++)
        {
            var before = file.Length;
            var broken = await TryFillAsync(address, file, progress, cancellation);
            if (broken is null)
            {
                return;
            }

            breaks = file.Length > before ? 0 : breaks;
            if (breaks == BreaksWithoutNews)
            {
                throw broken;
            }

            await Task.Delay(pause, time, cancellation);
        }
    }

    // Null: the file is whole. An exception that is worth another try is returned; others are thrown.
    private async Task<DownloadException?> TryFillAsync(Uri address, PartialFile file, Action<long, long?> progress, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (file.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(file.Length, null);
        }

        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(Silence);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            var range = response.Content.Headers.ContentRange;
            switch (response.StatusCode)
            {
                case HttpStatusCode.PartialContent when range?.From == file.Length:
                    break;
                case HttpStatusCode.RequestedRangeNotSatisfiable when range?.Length == file.Length:
                    return null;
                case HttpStatusCode.OK:
                    file.Clear();
                    break;
                case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                    file.Clear();
                    return new DownloadException($"{address} gave another part of the file than was asked for");
                case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                    return new DownloadException($"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}");
                default:
                    throw new DownloadException($"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}");
            }

            var total = response.Content.Headers.ContentLength is { } length ? file.Length + length : (long?)null;
            // Fewer bytes than announced end in an exception.
            await CopyAsync(response, file, count => progress(count, total), silence, cancellation);
            return null;
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError)
        {
            // No network, or no such machine: trying again at once does not help.
            throw new DownloadException($"{address}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException)
        {
            return new DownloadException($"{address}: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            return new DownloadException($"{address} was silent for {Silence.TotalSeconds} seconds", exception);
        }
    }

    private static async Task CopyAsync(
        HttpResponseMessage response, PartialFile file, Action<long> progress, CancellationTokenSource silence, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        await using var content = await response.Content.ReadAsStreamAsync(silence.Token);
        while (await content.ReadAsync(buffer, silence.Token) is > 0 and var count)
        {
            await file.AppendAsync(buffer.AsMemory(0, count), cancellation);
            silence.CancelAfter(Silence);
            progress(file.Length);
        }
    }
}
