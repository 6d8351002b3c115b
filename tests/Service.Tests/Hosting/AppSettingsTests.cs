using Microsoft.Extensions.Configuration;
using Trainyard.Service.Hosting;

namespace Trainyard.Service.Tests.Hosting;

public sealed class AppSettingsTests
{
    private static readonly IConfiguration File =
        new ConfigurationBuilder().AddJsonFile(Repository.PathOf("src", "Service", "appsettings.json"), optional: false).Build();

    public static TheoryData<Type> OptionClasses() =>
        [.. typeof(ServiceOptions).Assembly.GetTypes().Where(type => type.GetField("Section") is { IsLiteral: true } && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(OptionClasses))]
    public void Section_OfAnOptionClass_ListsEveryPropertyWithItsDefault(Type type)
    {
        var section = File.GetSection((string)type.GetField("Section")!.GetRawConstantValue()!);
        var properties = type.GetProperties().Where(property => property.CanWrite).ToList();

        Assert.Equal(
            properties.Select(property => property.Name).Order(StringComparer.Ordinal),
            section.GetChildren().Select(child => child.Key).Order(StringComparer.Ordinal));
        var (defaults, listed) = (Activator.CreateInstance(type), section.Get(type));
        Assert.All(properties, property => Assert.Equal(property.GetValue(defaults), property.GetValue(listed)));
    }

    [Fact]
    public void OptionClasses_OfTheService_AreTheSectionsOfTheFile() => Assert.Equal(
        File.GetChildren().Select(section => section.Key).Except(["AllowedHosts", "ConnectionStrings", "DATA_DIR", "Logging", "PORT"]).Order(StringComparer.Ordinal),
        OptionClasses().Select(row => (string)row.Data.GetField("Section")!.GetRawConstantValue()!).Order(StringComparer.Ordinal));
}
