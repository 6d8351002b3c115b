using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Expressions;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Json;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Specs.Labs;

/// <summary>What the attributes of the requests cannot express; each returns the canonical request.</summary>
internal static class LabChecks
{
    private const int MaximumFilters = 16;
    private const int MaximumSide = 64;
    private const int MaximumPadding = 16;

    private static readonly string[] Plane = ["x", "y"];
    private static readonly string[] InputMembers = ["layer", "channels", "height", "width", "input"];

    public static BackpropRequest Check(BackpropRequest request, FindingList findings)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var index = 0; index < request.Variables.Count; index++)
        {
            if (!values.TryAdd(request.Variables[index].Name, request.Variables[index].Value))
            {
                findings.Error($"/variables/{index}/name", null, SpecFindingCode.RepeatedValue, ("member", "name"), ("value", request.Variables[index].Name));
            }
        }

        if (Read(request.Expression, values.Keys, findings) is not { } expression)
        {
            return request;
        }

        CheckFinite(expression, values, "/variables", findings);
        return request with { Variables = [.. expression.Variables.Where(values.ContainsKey).Select(name => new VariableValue { Name = name, Value = values[name] })] };
    }

    public static OptimizerPathsRequest Check(OptimizerPathsRequest request, FindingList findings)
    {
        CheckFunction(request.Expression, request.Start, findings);
        CheckRange(request.Region.X, "/region/x", findings);
        CheckRange(request.Region.Y, "/region/y", findings);
        return request with
        {
            Optimizers =
            [
                .. request.Optimizers.Select((optimizer, index) => JsonSerializer.SerializeToElement(
                    TechniqueReader.Read(findings, $"/optimizers/{index}", TechniqueKind.Optimizer, optimizer), SpecJson.Options)),
            ],
        };
    }

    public static AdamBiasRequest Check(AdamBiasRequest request, FindingList findings)
    {
        CheckFunction(request.Expression, request.Start, findings);
        return request;
    }

    public static ConvolutionRequest Check(ConvolutionRequest request, FindingList findings)
    {
        // An input of one's own has its own height and width.
        if (request.Input is { } rows)
        {
            var (height, width) = (rows.Count / request.Channels, rows[0].Count);
            if (rows.Count % request.Channels != 0 || height > MaximumSide || width > MaximumSide || rows.Any(row => row.Count != width))
            {
                findings.Error("/input", null, SpecFindingCode.WrongGrid, ("rows", null), ("columns", null), ("channels", request.Channels), ("maximum", MaximumSide));
                return request;
            }

            request = request with { Height = height, Width = width };
        }

        var layer = ObjectReader.Read(findings, "/layer", request.Layer, reader => LayerReader.Read(reader, 0));
        if (findings.HasErrors)
        {
            return request;
        }

        switch (layer)
        {
            case ConvLayer { Filters: > MaximumFilters } conv:
                findings.Error(
                    "/layer/filters", $"{conv.Filters}", SpecFindingCode.OutOfRange,
                    ("member", "filters"), ("allowed", SpecFields.Filters with { Maximum = MaximumFilters }), ("suggested", MaximumFilters));
                break;
            case ConvLayer { Padding: > MaximumPadding } conv:
                findings.Error(
                    "/layer/padding", $"{conv.Padding}", SpecFindingCode.OutOfRange,
                    ("member", "padding"), ("allowed", SpecFields.Padding with { Maximum = MaximumPadding }), ("suggested", MaximumPadding));
                break;
            case ConvLayer conv:
                CheckWeights(request, conv, findings);
                break;
            case PoolLayer when request.Weights is not null:
                findings.Error("/weights", null, SpecFindingCode.UnknownMember, ("member", "weights"), ("known", InputMembers), ("suggested", null));
                break;
            case PoolLayer:
                break;
            default:
                findings.Error(
                    "/layer/kind", $"\"{layer.Kind}\"", SpecFindingCode.NotAChoice,
                    ("member", "kind"), ("allowed", SpecFields.LayerKind with { Choices = ["conv", "pool"] }), ("suggested", "conv"));
                break;
        }

        if (!findings.HasErrors && LayerShapes.Check(layer, $"{layer.Kind}1", [request.Channels, request.Height, request.Width], "/layer") is { } problem)
        {
            findings.Error(problem);
        }

        return request with { Layer = JsonSerializer.SerializeToElement(layer, SpecJson.Options) };
    }

    private static void CheckWeights(ConvolutionRequest request, ConvLayer conv, FindingList findings)
    {
        var rows = conv.Filters * request.Channels * conv.Kernel;
        if (request.Weights is { } weights && (weights.Count != rows || weights.Any(row => row.Count != conv.Kernel)))
        {
            findings.Error("/weights", null, SpecFindingCode.WrongGrid, ("rows", rows), ("columns", conv.Kernel), ("channels", request.Channels), ("maximum", MaximumSide));
        }
    }

    private static void CheckFunction(string text, PlanePoint start, FindingList findings)
    {
        if (Read(text, Plane, findings) is { } expression)
        {
            CheckFinite(expression, new Dictionary<string, double>(StringComparer.Ordinal) { ["x"] = start.X, ["y"] = start.Y }, "/start", findings);
        }
    }

    private static void CheckFinite(Expression expression, Dictionary<string, double> values, string pointer, FindingList findings)
    {
        if (!findings.HasErrors && Backpropagation.Of(expression, values).NotFinite is { } node)
        {
            findings.Error(pointer, null, SpecFindingCode.NotFinite, ("expression", expression.Nodes[node].Text));
        }
    }

    private static void CheckRange(PlaneRange range, string pointer, FindingList findings)
    {
        if (range.Low >= range.High)
        {
            findings.Error($"{pointer}/high", $"{range.High}", SpecFindingCode.EmptyRange, ("low", range.Low), ("high", range.High));
        }
    }

    // Null after a finding.
    private static Expression? Read(string text, IReadOnlyCollection<string> known, FindingList findings)
    {
        try
        {
            var expression = Expression.Parse(text);
            foreach (var name in expression.Variables.Except(known))
            {
                findings.Error(
                    "/expression", JsonSerializer.Serialize(text), SpecFindingCode.UnknownVariable, ("name", name), ("known", known), ("suggested", Spelling.Nearest(name, known)));
            }

            return findings.HasErrors ? null : expression;
        }
        catch (ExpressionException exception)
        {
            findings.Error(
                "/expression", JsonSerializer.Serialize(text), SpecFindingCode.InvalidExpression,
                ("problem", exception.Problem), ("position", exception.Position), ("found", exception.Found), ("names", exception.Names), ("number", exception.Number),
                ("suggested", Spelling.Nearest(exception.Found, exception.Names)));
            return null;
        }
    }
}
