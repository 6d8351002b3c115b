namespace Trainyard.Service.Tests.Postgres;

/// <summary>A folder of a test that the user who runs PostgreSQL can reach; removed at the end.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trainyard-pg-");

    public TestFolder()
    {
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }
    }

    public string Root => folder.FullName;

    public string PathOf(params string[] parts) => Path.Combine([folder.FullName, .. parts]);

    public void Dispose() => folder.Delete(recursive: true);
}
