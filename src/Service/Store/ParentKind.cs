namespace Trainyard.Service.Store;

/// <summary>How a run was made from another; stored and sent as a snake_case word.</summary>
public enum ParentKind
{
    /// <summary>A changed copy of the spec, perhaps with the parent's weights.</summary>
    Fork,
}
