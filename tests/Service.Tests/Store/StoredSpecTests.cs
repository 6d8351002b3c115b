using System.Net;
using Trainyard.Service.Tests.Lifecycle;
using Trainyard.Service.Tests.Queue;

namespace Trainyard.Service.Tests.Store;

/// <summary>A store outlives versions of the service.</summary>
public sealed class StoredSpecTests(DatabaseServer server)
{
    [Fact]
    public async Task Spec_OfAVersionThatKnewFewerMembers_IsStillReadCheckedAgainstAndForked()
    {
        await using var app = await TestApp.StartAsync(server);
        var id = await app.SubmitAsync("succeeded");
        await TestRuns.ExecuteAsync(
            app.DataSource,
            $$"""
            update runs set images_per_second = 1000, spec = spec #- '{data,labelNoise}' #- '{data,augmentation}' #- '{data,validationCount}'
                #- '{model,preset}' #- '{model,layers}' #- '{training,schedule}' #- '{training,observe}' #- '{training,earlyStopping}'
            where id = '{{id}}'
            """);

        var read = await app.Http.GetJsonAsync($"/api/v1/runs/{id}");
        var check = await app.Http.PostJsonAsync("/api/v1/specs/check", Api.Xor);
        var fork = await app.Http.PostJsonAsync($"/api/v1/runs/{id}/fork", "{}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created), (read.Status, check.Status, fork.Status));
        Assert.Equal(0, read.Body!["spec"]!["data"]!["labelNoise"]!.GetValue<double>());
        Assert.Equal("constant", fork.Body!["spec"]!["training"]!["schedule"]!["name"]!.GetValue<string>());
    }
}
