namespace Trainyard.Trainer.Datasets;

/// <summary>The kinds of drawn shapes; the number is the class.</summary>
internal enum ShapeKind
{
    /// <summary>Filled circle.</summary>
    Disc,

    /// <summary>Circle line.</summary>
    Ring,

    /// <summary>Filled square.</summary>
    Square,

    /// <summary>Square line.</summary>
    Frame,

    /// <summary>Triangle with its tip up.</summary>
    TriangleUp,

    /// <summary>Triangle with its tip down.</summary>
    TriangleDown,

    /// <summary>Upright cross.</summary>
    Plus,

    /// <summary>Diagonal cross.</summary>
    Cross,

    /// <summary>Two horizontal bars.</summary>
    HorizontalBars,

    /// <summary>Two vertical bars.</summary>
    VerticalBars,
}
