/// <summary>Number of classes of a set of points.</summary>
internal static class DatasetShapes
{
    public static (int Classes, int Features) Of(TechniqueChoice dataset) =>
        (dataset.Parameters.ContainsKey("classes") ? dataset.Integer("classes") : 2, 2);
}
