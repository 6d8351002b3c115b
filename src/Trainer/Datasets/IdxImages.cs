using Trainyard.Specs.Events;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Datasets;

/// <summary>A set of 60,000 + 10,000 grey images of 28 x 28 in 10 classes, kept as the four gzip-compressed IDX files of MNIST's publisher.</summary>
/// <param name="Name">Name in the catalog and of the folder.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Help">Where to get the files, a sentence.</param>
internal sealed record IdxImages(string Name, string Title, string Help)
{
    private const string TrainImages = "train-images-idx3-ubyte.gz";
    private const string TrainLabels = "train-labels-idx1-ubyte.gz";
    private const string TestImages = "t10k-images-idx3-ubyte.gz";
    private const string TestLabels = "t10k-labels-idx1-ubyte.gz";
    private const int Side = 28;
    private const int Classes = 10;

    /// <summary>Where to look, first to last.</summary>
    /// <param name="datasets">A person's folder of datasets; null: none was given.</param>
    public IReadOnlyList<string> Folders(string? datasets)
    {
        var system = $"/usr/share/datasets/{Name}";
        return datasets is null ? [system] : [Path.Combine(datasets, Name), system];
    }

    /// <summary>Reads the four files from the first folder that exists.</summary>
    /// <exception cref="RunFailureException">No folder exists, or a file is missing or damaged.</exception>
    public Dataset Load(IReadOnlyList<string> folders)
    {
        string[] files = [TrainImages, TrainLabels, TestImages, TestLabels];
        var folder = folders.FirstOrDefault(Directory.Exists) ?? throw new RunFailureException(
            FailureClass.InvalidData,
            $"{Title} is not on this machine; looked in {string.Join(" and ", folders)}. {Help} The files are {string.Join(", ", files)}; put them into a folder "
            + $"'{Name}' and name its parent with --datasets.");
        foreach (var file in files)
        {
            if (!File.Exists(Path.Combine(folder, file)))
            {
                throw new RunFailureException(FailureClass.InvalidData, $"{Path.Combine(folder, file)} is missing. {Help} Copy it there.");
            }
        }

        SampleSet? train = null;
        SampleSet? test = null;
        try
        {
            Parallel.Invoke(
                () => train = Read(folder, TrainImages, TrainLabels, 60_000),
                () => test = Read(folder, TestImages, TestLabels, 10_000));
        }
        catch (AggregateException exception) when (exception.InnerExceptions.OfType<RunFailureException>().FirstOrDefault() is { } failure)
        {
            throw new RunFailureException(failure.Class, failure.Message, failure);
        }

        return new Dataset(train!, test!);
    }

    private static SampleSet Read(string folder, string images, string labels, int count)
    {
        var classes = IdxFile.Read(Path.Combine(folder, labels), count);
        var wrong = Array.FindIndex(classes, label => label >= Classes);
        if (wrong >= 0)
        {
            throw new RunFailureException(
                FailureClass.InvalidData,
                $"{Path.Combine(folder, labels)} is damaged: expected labels from 0 to {Classes - 1}, found {classes[wrong]} at sample {wrong}. Replace the file.");
        }

        return new SampleSet
        {
            Shape = [1, Side, Side],
            Format = ScalarType.Byte,
            Values = IdxFile.Read(Path.Combine(folder, images), count, Side, Side),
            Labels = classes,
        };
    }
}
