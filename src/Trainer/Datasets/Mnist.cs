namespace Trainyard.Trainer.Datasets;

/// <summary>MNIST (LeCun, Bottou, Bengio, Haffner, 1998), from the publisher's four files.</summary>
internal static class Mnist
{
    private static readonly IdxImages Images = new("mnist", "MNIST", "Get the publisher's files from http://yann.lecun.com/exdb/mnist/.");

    /// <inheritdoc cref="IdxImages.Folders"/>
    public static IReadOnlyList<string> Folders(string? datasets) => Images.Folders(datasets);

    /// <inheritdoc cref="IdxImages.Load"/>
    public static Dataset Load(IReadOnlyList<string> folders) => Images.Load(folders);
}
