using System.Net;
using Trainyard.Service.Tests.Queue;
using Trainyard.Service.Tests.Runs;

namespace Trainyard.Service.Tests.Store;

/// <summary>A store outlives versions of the service.</summary>
public sealed class StoredSpecTests(DatabaseServer server)
{
    [Fact]
    public async Task Spec_OfAVersionThatKnewFewerMembers_IsStillReadCheckedAgainstAndForked()
    {
        await using var app = await TestApp.StartAsync(server);
        var (_, submitted, _) = await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor, "key");
        var id = submitted!["id"]!.GetValue<Guid>();
        await app.SetStateAsync(id, "succeeded");
        await TestRuns.ExecuteAsync(
            app.DataSource,
            $$"""
            update runs set images_per_second = 1000, spec_sha256 = repeat('0', 64), spec = spec #- '{data,labelNoise}' #- '{data,augmentation}' #- '{data,validationCount}'
                #- '{model,preset}' #- '{model,layers}' #- '{training,schedule}' #- '{training,observe}' #- '{training,earlyStopping}'
            where id = '{{id}}'
            """);

        var read = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");
        var check = await app.Http.PostJsonAsync("/api/v1/specs/check", Api.Xor);
        var again = await app.Http.PostJsonAsync("/api/v1/runs", Api.Xor, "key");
        var fork = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/fork", "{}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created), (read.Status, check.Status, fork.Status));
        Assert.Equal((HttpStatusCode.OK, id), (again.Status, again.Body!["id"]!.GetValue<Guid>()));
        Assert.Equal(submitted["specSha256"]!.GetValue<string>(), read.Body!["specSha256"]!.GetValue<string>());
        Assert.Equal(0, read.Body!["spec"]!["data"]!["labelNoise"]!.GetValue<double>());
        Assert.Equal("constant", fork.Body!["spec"]!["training"]!["schedule"]!["name"]!.GetValue<string>());
    }
}
