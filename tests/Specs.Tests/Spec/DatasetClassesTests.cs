using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Xunit;

namespace Trainyard.Specs.Tests.Spec;

public sealed class DatasetClassesTests
{
    [Fact]
    public void Of_EveryDataset_NamesEachClassOnce() => Assert.All(TechniqueCatalog.Of(TechniqueKind.Dataset), dataset =>
    {
        var choice = TechniqueCatalog.Default(TechniqueKind.Dataset, dataset.Name);
        var names = DatasetClasses.Of(choice);
        Assert.Equal(DatasetShapes.Of(choice).Classes, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    });
}
