namespace Trainyard.Specs.Expressions;

/// <summary>What is wrong with an expression.</summary>
public enum ExpressionProblem
{
    /// <summary>A character has no meaning.</summary>
    UnexpectedCharacter,

    /// <summary>A number, a name, a function or a parenthesis is expected.</summary>
    OperandExpected,

    /// <summary>An operator or the end is expected.</summary>
    OperatorExpected,

    /// <summary>A parenthesis is not closed.</summary>
    OpenParenthesis,

    /// <summary>There is no such function.</summary>
    UnknownFunction,

    /// <summary>The name of a function without its arguments.</summary>
    MissingArguments,

    /// <summary>A function has the wrong number of arguments.</summary>
    WrongArguments,

    /// <summary>Too many nodes.</summary>
    TooLong,

    /// <summary>Nested too deeply.</summary>
    TooDeep,
}

/// <summary>An expression cannot be read.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="position">Where, from 0, in characters of the text.</param>
/// <param name="found">The part that is wrong; empty at the end.</param>
/// <param name="names">Names that are allowed there; none if the problem is another one.</param>
/// <param name="number">A number that is allowed: of arguments, nodes or levels.</param>
public sealed class ExpressionException(ExpressionProblem problem, int position, string found, IReadOnlyList<string>? names = null, int number = 0)
    : Exception($"{problem} at {position}: '{found}'")
{
    /// <summary>What is wrong.</summary>
    public ExpressionProblem Problem => problem;

    /// <summary>Where, from 0, in characters of the text.</summary>
    public int Position => position;

    /// <summary>The part that is wrong; empty at the end.</summary>
    public string Found => found;

    /// <summary>Names that are allowed there.</summary>
    public IReadOnlyList<string> Names => names ?? [];

    /// <summary>A number that is allowed.</summary>
    public int Number => number;
}
