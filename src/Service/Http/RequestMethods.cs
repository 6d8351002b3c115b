namespace Trainyard.Service.Http;

/// <summary>HEAD is answered like GET, without the body; OPTIONS lists the methods of an address.</summary>
internal static class RequestMethods
{
    /// <summary>Makes GET endpoints answer HEAD too. The web server sends no body in response to HEAD, whatever is written.</summary>
    public static TBuilder WithHead<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            for (var i = 0; i < endpoint.Metadata.Count; i++)
            {
                if (endpoint.Metadata[i] is HttpMethodMetadata { HttpMethods: [var method] } && HttpMethods.IsGet(method))
                {
                    endpoint.Metadata[i] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
                }
            }
        });
        return endpoints;
    }

    /// <summary>Answers OPTIONS with 204 and the header Allow. Routing finds the methods: it answers an unsupported one with 405 and this header.</summary>
    public static void UseOptions(this WebApplication app) => app.Use(async (context, next) =>
    {
        await next(context);
        var response = context.Response;
        if (response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false })
        {
            response.Headers.Allow = $"{response.Headers.Allow}, {HttpMethods.Options}";
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                response.StatusCode = StatusCodes.Status204NoContent;
            }
        }
    });
}
