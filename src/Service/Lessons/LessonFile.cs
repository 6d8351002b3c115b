using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Lessons;

/// <summary>The file <c>lesson.json</c> of a lesson. What its members mean is also told in <c>lessons/README.md</c>.</summary>
[OptionalMembers]
public sealed record LessonFile
{
    /// <summary>Chapter of the course.</summary>
    public required LessonChapter Chapter { get; init; }

    /// <summary>Place in the chapter; unique in it.</summary>
    [Number(1, 999)]
    public required int Order { get; init; }

    /// <summary>Title.</summary>
    public required LessonTitle Title { get; init; }

    /// <summary>What one will see, in a sentence.</summary>
    public required LessonText Summary { get; init; }

    /// <summary>The drawing of its card.</summary>
    public required LessonPicture Picture { get; init; }

    /// <summary>Seconds from the start to the verdict, as measured on two cores.</summary>
    [Number(0, 86_400)]
    public required double Seconds { get; init; }

    /// <summary>What to predict before it runs.</summary>
    public required LessonQuestion Question { get; init; }

    /// <summary>The spec that the runs have in common, without name and experiment; null for a lesson without runs.</summary>
    public JsonElement? Spec { get; init; }

    /// <summary>The runs to train; null for a lesson without runs.</summary>
    [Items(1, 40)]
    public IReadOnlyList<LessonRun>? Runs { get; init; }

    /// <summary>The study that the studies have in common: the body of <c>POST /api/v1/studies</c> without name and seed; null for a lesson without studies.</summary>
    public JsonElement? Study { get; init; }

    /// <summary>The studies to run; null for a lesson without studies.</summary>
    [Items(1, 10)]
    public IReadOnlyList<LessonStudy>? Studies { get; init; }

    /// <summary>The labs to ask; null for a lesson without labs.</summary>
    [Items(1, 10)]
    public IReadOnlyList<LessonLab>? Labs { get; init; }

    /// <summary>Merge patch (RFC 7396) for every spec of the small size, or for every study; null if the lesson has one size.</summary>
    public JsonElement? Quick { get; init; }

    /// <summary>What can be set before it runs, beside size and seed; null for nothing.</summary>
    [Items(1, 8)]
    public IReadOnlyList<LessonSetting>? Settings { get; init; }

    /// <summary>Further specs to start from, which the lesson does not train; null for none.</summary>
    [Items(1, 10)]
    public IReadOnlyList<LessonRun>? Variants { get; init; }

    /// <summary>Which runs can be handed in and ranked; null for a lesson without hand-ins.</summary>
    public LessonHandIn? HandIn { get; init; }

    /// <summary>What the page shows, in this order.</summary>
    [Items(1, 12)]
    public required IReadOnlyList<LessonChart> Charts { get; init; }

    /// <summary>What is expected to come out.</summary>
    [Items(1, 40)]
    public required IReadOnlyList<LessonClaim> Expected { get; init; }

    /// <summary>Where the expectations come from, and what to read next.</summary>
    [Items(1, 20)]
    public required IReadOnlyList<LessonSource> Sources { get; init; }
}

/// <summary>Chapters of the course, in order.</summary>
public enum LessonChapter
{
    /// <summary>What a network can represent, and how gradients are computed.</summary>
    Backpropagation,

    /// <summary>Activation functions.</summary>
    Activations,

    /// <summary>Optimizers.</summary>
    Optimizers,

    /// <summary>Initial weights.</summary>
    Initialization,

    /// <summary>Batch normalization.</summary>
    BatchNormalization,

    /// <summary>Regularization.</summary>
    Regularization,

    /// <summary>Hyperparameter search.</summary>
    Search,

    /// <summary>All of it together.</summary>
    Assignment,
}

/// <summary>Drawings of lesson cards.</summary>
public enum LessonPicture
{
    /// <summary>An expression graph.</summary>
    Graph,

    /// <summary>Four clusters of points in two classes.</summary>
    Points,

    /// <summary>A decision boundary.</summary>
    Boundary,

    /// <summary>Bars that shrink from layer to layer.</summary>
    Shrinking,

    /// <summary>Units of which some are dead.</summary>
    Units,

    /// <summary>Activation functions.</summary>
    Functions,

    /// <summary>Smooth and noisy curves.</summary>
    Noise,

    /// <summary>A path over contours.</summary>
    Path,

    /// <summary>Learning curves that fan out.</summary>
    Curves,

    /// <summary>Histograms of the layers.</summary>
    Histograms,

    /// <summary>Two curves with a gap between them.</summary>
    Gap,

    /// <summary>Trials, scattered over two settings.</summary>
    Scatter,

    /// <summary>A filter over an image.</summary>
    Filter,

    /// <summary>A table of cells.</summary>
    Table,

    /// <summary>Layers of a network.</summary>
    Network,
}

/// <summary>A short text in both languages.</summary>
public sealed record LessonTitle
{
    /// <summary>English.</summary>
    [Text(1, 80)]
    public required string En { get; init; }

    /// <summary>Korean.</summary>
    [Text(1, 80)]
    public required string Ko { get; init; }
}

/// <summary>A text in both languages; formulas of TeX between dollar signs.</summary>
public sealed record LessonText
{
    /// <summary>English.</summary>
    [Text(1, 600)]
    public required string En { get; init; }

    /// <summary>Korean.</summary>
    [Text(1, 600)]
    public required string Ko { get; init; }
}

/// <summary>A question with the answers to choose from.</summary>
public sealed record LessonQuestion
{
    /// <summary>The question.</summary>
    public required LessonText Text { get; init; }

    /// <summary>The answers.</summary>
    [Items(2, 6)]
    public required IReadOnlyList<LessonOption> Options { get; init; }

    /// <summary>Id of the answer that is expected to be right.</summary>
    [Text(1, 40)]
    public required string Answer { get; init; }
}

/// <summary>An answer to choose.</summary>
public sealed record LessonOption
{
    /// <summary>Id in the lesson.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>The answer.</summary>
    public required LessonText Text { get; init; }
}

/// <summary>A run of a lesson.</summary>
[OptionalMembers]
public sealed record LessonRun
{
    /// <summary>Id in the lesson.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>Label in the figures; the English one is the name of the run.</summary>
    public required LessonTitle Label { get; init; }

    /// <summary>Merge patch (RFC 7396) for the spec; null for none.</summary>
    public JsonElement? Changes { get; init; }
}

/// <summary>What can be set before a lesson runs: one of several options.</summary>
public sealed record LessonSetting
{
    /// <summary>Id in the lesson.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>Label of the field.</summary>
    public required LessonTitle Label { get; init; }

    /// <summary>The options; the one without changes is that of the lesson as it is.</summary>
    [Items(2, 12)]
    public required IReadOnlyList<SettingOption> Options { get; init; }
}

/// <summary>An option of a setting.</summary>
[OptionalMembers]
public sealed record SettingOption
{
    /// <summary>Id in the setting.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>Label.</summary>
    public required LessonTitle Label { get; init; }

    /// <summary>Merge patch (RFC 7396) for every spec; null for the option that changes nothing.</summary>
    public JsonElement? Changes { get; init; }

    /// <summary>Whether it is that of the publication.</summary>
    public bool Published { get; init; }
}

/// <summary>Which runs can be handed in: with the validation samples of the lesson's own run, so that their accuracies can be compared.</summary>
public sealed record LessonHandIn
{
    /// <summary>Datasets, each with a ranking of its own.</summary>
    [Items(1, 10), Text(1, 40)]
    public required IReadOnlyList<string> Datasets { get; init; }
}

/// <summary>A study of a lesson.</summary>
[OptionalMembers]
public sealed record LessonStudy
{
    /// <summary>Id in the lesson.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>Label in the figures; the English one is the name of the study.</summary>
    public required LessonTitle Label { get; init; }

    /// <summary>Merge patch (RFC 7396) for the body; null for none.</summary>
    public JsonElement? Changes { get; init; }
}

/// <summary>A request to a lab.</summary>
public sealed record LessonLab
{
    /// <summary>Id in the lesson.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>Label where the lesson has several.</summary>
    public required LessonTitle Label { get; init; }

    /// <summary>Name of the lab.</summary>
    [Text(1, 60)]
    public required string Name { get; init; }

    /// <summary>The request.</summary>
    public required JsonElement Request { get; init; }
}

/// <summary>A figure of a lesson.</summary>
[OptionalMembers]
public sealed record LessonChart
{
    /// <summary>Kind of figure.</summary>
    public required LessonChartKind Kind { get; init; }

    /// <summary>Title; by default that of its kind.</summary>
    public LessonTitle? Title { get; init; }

    /// <summary>Ids of the runs that it shows; null for all.</summary>
    [Items(1, 40), Text(1, 40)]
    public IReadOnlyList<string>? Runs { get; init; }

    /// <summary>What it shows: of curves and scores a metric, of layers a statistic of layers; null for the usual one of its kind.</summary>
    public LessonMeasure? Measure { get; init; }

    /// <summary>Horizontal axis of curves.</summary>
    public LessonAxis Axis { get; init; } = LessonAxis.Epoch;

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool Log { get; init; }

    /// <summary>Kind of the layers that a figure of layers or histograms shows, as in the layer table; null for all.</summary>
    [Text(1, 40)]
    public string? Layers { get; init; }

    /// <summary>The first epoch that is shown, where one is chosen: 0 is before the first step; null for the latest.</summary>
    [Number(0, 100_000)]
    public int? Epoch { get; init; }

    /// <summary>Of a table: its columns and rows.</summary>
    public LessonTable? Table { get; init; }

    /// <summary>Id of the lab that a figure of a lab shows; null where the lesson has only one.</summary>
    [Text(1, 40)]
    public string? Lab { get; init; }
}

/// <summary>A table of runs, as a publication has it.</summary>
public sealed record LessonTable
{
    /// <summary>Columns, without that of the labels of the rows.</summary>
    [Items(1, 12)]
    public required IReadOnlyList<LessonTitle> Columns { get; init; }

    /// <summary>Rows.</summary>
    [Items(1, 20)]
    public required IReadOnlyList<LessonTableRow> Rows { get; init; }
}

/// <summary>A row of a table of runs.</summary>
public sealed record LessonTableRow
{
    /// <summary>Label.</summary>
    public required LessonTitle Label { get; init; }

    /// <summary>A cell for each column.</summary>
    [Items(1, 12)]
    public required IReadOnlyList<LessonTableCell> Cells { get; init; }
}

/// <summary>A run, and what was published for its settings.</summary>
[OptionalMembers]
public sealed record LessonTableCell
{
    /// <summary>Id of the run in the lesson.</summary>
    [Text(1, 40)]
    public required string Run { get; init; }

    /// <summary>The published result, as it is printed there; null where there is none.</summary>
    [Text(1, 20)]
    public string? Published { get; init; }
}

/// <summary>Kinds of figures.</summary>
public enum LessonChartKind
{
    /// <summary>A metric by epoch, step or second, one line for each run.</summary>
    Curves,

    /// <summary>The decision boundary of each run as a film.</summary>
    Boundary,

    /// <summary>A statistic from layer to layer, one line for each run.</summary>
    Layers,

    /// <summary>Histograms of the activations of each layer, one row for each run, on one scale.</summary>
    Histograms,

    /// <summary>One number for each run, as bars.</summary>
    Scores,

    /// <summary>The trials of each study.</summary>
    Study,

    /// <summary>The best value so far, trial by trial, one line for each study.</summary>
    BestSoFar,

    /// <summary>The figures of the lab.</summary>
    Lab,

    /// <summary>The layers of the network.</summary>
    Network,

    /// <summary>One number for each run in a table, beside published ones.</summary>
    Table,
}

/// <summary>Horizontal axes of curves.</summary>
public enum LessonAxis
{
    /// <summary>Epochs.</summary>
    Epoch,

    /// <summary>Updates of the weights.</summary>
    Step,

    /// <summary>Seconds of training.</summary>
    Time,
}

/// <summary>A source.</summary>
[OptionalMembers]
public sealed record LessonSource
{
    /// <summary>Id in the lesson.</summary>
    [Text(1, 40)]
    public required string Id { get; init; }

    /// <summary>Author, title, place and year, and the section or figure.</summary>
    [Text(1, 400)]
    public required string Text { get; init; }

    /// <summary>Address; null for a source without one.</summary>
    [Text(1, 300)]
    public string? Url { get; init; }
}
