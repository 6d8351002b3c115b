namespace Trainyard.Trainer.Datasets;

/// <summary>Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017), from the publisher's four files or Debian's package dataset-fashion-mnist.</summary>
internal static class FashionMnist
{
    private static readonly IdxImages Images = new(
        "fashion-mnist",
        "Fashion-MNIST",
        "Install Debian's package dataset-fashion-mnist, or get the publisher's files from https://github.com/zalandoresearch/fashion-mnist.");

    /// <inheritdoc cref="IdxImages.Folders"/>
    public static IReadOnlyList<string> Folders(string? datasets) => Images.Folders(datasets);

    /// <inheritdoc cref="IdxImages.Load"/>
    public static Dataset Load(IReadOnlyList<string> folders) => Images.Load(folders);
}
