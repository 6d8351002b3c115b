using System.Net;

namespace Trainyard.Service.Tests.Workers;

[Trait("Needs", "database")]
public sealed class HangfireDashboardTests(DatabaseServer server)
{
    private static readonly string[] Lists =
    [
        "jobs/enqueued", "jobs/enqueued/cpu", "jobs/enqueued/fetched/cpu", "jobs/enqueued/nothing", "jobs/enqueued/%00", "jobs/enqueued/%F0%9F%98%80", "jobs/scheduled",
        "jobs/processing", "jobs/succeeded", "jobs/failed", "jobs/deleted", "jobs/awaiting", "retries", "recurring", "servers", "",
    ];

    private static readonly string[] Pages =
    [
        "", "?from=0&count=10", "?from=-1", "?from=-1&count=-1", "?count=0", "?count=-2147483648", "?from=2147483647&count=2147483647", "?from=99999999999", "?count=99999999999",
        "?from=x", "?count=1.5", "?from=&count=", "?from=1&from=2", "?from=%00", "?count=%F0%9F%98%80", "?period=x", "?period=%00",
    ];

    private static readonly string[] Jobs =
    [
        "%00", "0", "1", "-1", "1.5", "x", "99999999999999999999", "9223372036854775807", "9223372036854775808", "%F0%9F%98%80", "..%2f..", "%252e", "1%00", "1'", "%20", "a/b",
    ];

    [Fact]
    public async Task Page_OfAnyAddress_IsShownOrRefused()
    {
        await using var app = await TestApp.StartAsync(server);
        await app.Http.SubmitAsync();
        string[] addresses =
        [
            .. from list in Lists from page in Pages select $"/hangfire/{list}{page}",
            .. from job in Jobs select $"/hangfire/jobs/details/{job}",
            "/hangfire/jobs/details/", "/hangfire/%00", "/hangfire/nothing", "/hangfire/css/%00", "/hangfire/js/..%2f..", "/hangfire/fonts/x", "/hangfire/batches",
        ];

        foreach (var address in addresses)
        {
            var uri = new Uri($"{app.Address.GetLeftPart(UriPartial.Authority)}{address}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var answer = await app.Http.GetAsync(uri, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{address}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        }
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("jobs/enqueued/delete")]
    [InlineData("jobs/actions/requeue/%00")]
    [InlineData("jobs/actions/delete/x")]
    [InlineData("retries/requeue")]
    [InlineData("recurring/trigger")]
    public async Task Command_OfAnyAddress_IsShownOrRefused(string path)
    {
        await using var app = await TestApp.StartAsync(server);
        foreach (var form in (string[])["", "jobs[]=%00", "metrics[]=x&metrics[]=%00", "jobs[]=x&jobs[]=-1"])
        {
            using var content = new StringContent(form, mediaType: new("application/x-www-form-urlencoded"));
            using var answer = await app.Http.PostAsync(new Uri($"/hangfire/{path}", UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{path} {form}: {answer.StatusCode}");
        }
    }
}
