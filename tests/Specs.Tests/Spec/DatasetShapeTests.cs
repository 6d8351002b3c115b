using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Xunit;

namespace Trainyard.Specs.Tests.Spec;

public sealed class DatasetShapeTests
{
    [Fact]
    public void From_EveryDataset_NamesEachClassOnce() => Assert.All(TechniqueCatalog.OfKind(TechniqueKind.Dataset), dataset =>
    {
        var names = DatasetShape.From(TechniqueCatalog.Default(TechniqueKind.Dataset, dataset.Name)).ClassNames;
        Assert.InRange(names.Count, 2, 10);
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    });
}
