using System.Globalization;

namespace Trainyard.Specs.Expressions;

// Recursive descent: sum, product, sign, power (to the right, before the sign: -x^2 is -(x^2)), operand. Functions are their lower-case names.
internal sealed class ExpressionParser(string text)
{
    private const int MaximumDepth = 30;

    private static readonly Dictionary<string, (ExpressionOperation Operation, int Arguments)> Functions = new(StringComparer.Ordinal)
    {
        ["exp"] = (ExpressionOperation.Exp, 1),
        ["log"] = (ExpressionOperation.Log, 1),
        ["sigmoid"] = (ExpressionOperation.Sigmoid, 1),
        ["tanh"] = (ExpressionOperation.Tanh, 1),
        ["relu"] = (ExpressionOperation.Relu, 1),
        ["max"] = (ExpressionOperation.Max, 2),
        ["min"] = (ExpressionOperation.Min, 2),
        ["sqrt"] = (ExpressionOperation.Sqrt, 1),
        ["sin"] = (ExpressionOperation.Sin, 1),
        ["cos"] = (ExpressionOperation.Cos, 1),
    };

    private readonly List<ExpressionNode> nodes = [];
    private readonly List<string> variables = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private int at;
    private int depth;

    public static IReadOnlyCollection<string> FunctionNames => Functions.Keys;

    public Expression Read()
    {
        SkipSpace();
        var result = ReadSum();
        if (at < text.Length)
        {
            throw Problem(ExpressionProblem.OperatorExpected);
        }

        // A lone variable is its own result, and nodes have no order of their own otherwise: the result is always the last one.
        return result == nodes.Count - 1
            ? new Expression { Nodes = nodes, Variables = variables }
            : throw new InvalidOperationException("The result is not the last node.");
    }

    private int ReadSum() => Deeper(() =>
    {
        var left = ReadProduct();
        while (Current is '+' or '-')
        {
            var operation = Take() == '+' ? ExpressionOperation.Add : ExpressionOperation.Subtract;
            left = Add(operation, left, ReadProduct());
        }

        return left;
    });

    private int ReadProduct()
    {
        var left = ReadSigned();
        while (Current is '*' or '/')
        {
            var operation = Take() == '*' ? ExpressionOperation.Multiply : ExpressionOperation.Divide;
            left = Add(operation, left, ReadSigned());
        }

        return left;
    }

    private int ReadSigned()
    {
        if (Current == '+')
        {
            Take();
            return Deeper(ReadSigned);
        }

        if (Current != '-')
        {
            return ReadPower();
        }

        Take();
        var operand = Deeper(ReadSigned);
        if (nodes[operand] is { Operation: ExpressionOperation.Constant } constant)
        {
            nodes[operand] = constant with { Text = $"-{constant.Text}", Value = -constant.Value };
            return operand;
        }

        return Add(ExpressionOperation.Negate, operand);
    }

    private int ReadPower()
    {
        var operand = ReadOperand();
        if (Current == '^' || text.AsSpan(at).StartsWith("**"))
        {
            at += Current == '^' ? 1 : 2;
            SkipSpace();
            return Add(ExpressionOperation.Power, operand, Deeper(ReadSigned));
        }

        return operand;
    }

    private int ReadOperand()
    {
        if (char.IsAsciiDigit(Current) || Current == '.')
        {
            return ReadNumber();
        }

        if (char.IsLetter(Current) || Current == '_')
        {
            return ReadName();
        }

        if (Current != '(')
        {
            throw Problem(at < text.Length && !IsKnown(Current) ? ExpressionProblem.UnexpectedCharacter : ExpressionProblem.OperandExpected);
        }

        var open = at;
        Take();
        var inner = ReadSum();
        Close(open);
        return inner;
    }

    private int ReadNumber()
    {
        var start = at;
        SkipDigits();
        if (Current == '.')
        {
            at++;
            SkipDigits();
        }

        // An exponent, unless it is a name: 2e is two tokens.
        var mantissa = at;
        if (Current is 'e' or 'E')
        {
            at++;
            at += Current is '+' or '-' ? 1 : 0;
            var digits = at;
            SkipDigits();
            at = at == digits ? mantissa : at;
        }

        var word = text[start..at];
        if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            throw new ExpressionException(ExpressionProblem.OperandExpected, start, word);
        }

        SkipSpace();
        return Add(new ExpressionNode(ExpressionOperation.Constant, [], word, number) { Varies = false }, start);
    }

    private int ReadName()
    {
        var start = at;
        while (char.IsLetterOrDigit(Current) || Current == '_')
        {
            at++;
        }

        var name = text[start..at];
        SkipSpace();
        if (Current == '(')
        {
            return Functions.TryGetValue(name, out var function)
                ? ReadFunction(name, function.Operation, function.Arguments, start)
                : throw new ExpressionException(ExpressionProblem.UnknownFunction, start, name, [.. Functions.Keys]);
        }

        if (Functions.TryGetValue(name, out var known))
        {
            throw new ExpressionException(ExpressionProblem.MissingArguments, start, name, number: known.Arguments);
        }

        if (!places.TryGetValue(name, out var place))
        {
            place = Add(new ExpressionNode(ExpressionOperation.Variable, [], name) { Varies = true }, start);
            places[name] = place;
            variables.Add(name);
        }

        return place;
    }

    private int ReadFunction(string name, ExpressionOperation operation, int count, int start)
    {
        var open = at;
        Take();
        List<int> inputs = [];
        if (Current != ')')
        {
            inputs.Add(ReadSum());
            while (Current == ',')
            {
                Take();
                inputs.Add(ReadSum());
            }
        }

        Close(open);
        return inputs.Count == count
            ? Add(operation, [.. inputs])
            : throw new ExpressionException(ExpressionProblem.WrongArguments, start, name, number: count);
    }

    private void Close(int open)
    {
        if (Current == ')')
        {
            Take();
            return;
        }

        throw at >= text.Length ? new ExpressionException(ExpressionProblem.OpenParenthesis, open, "(") : Problem(ExpressionProblem.OperatorExpected);
    }

    private int Add(ExpressionOperation operation, params int[] inputs) => Add(
        new ExpressionNode(operation, inputs, ExpressionText.Of(operation, [.. inputs.Select(input => nodes[input])]))
        {
            Varies = Array.Exists(inputs, input => nodes[input].Varies),
        },
        at);

    private int Add(ExpressionNode node, int position)
    {
        if (nodes.Count == Expression.MaximumNodes)
        {
            throw new ExpressionException(ExpressionProblem.TooLong, position, "", number: Expression.MaximumNodes);
        }

        nodes.Add(node);
        return nodes.Count - 1;
    }

    private int Deeper(Func<int> read)
    {
        if (++depth > MaximumDepth)
        {
            throw new ExpressionException(ExpressionProblem.TooDeep, at, "", number: MaximumDepth);
        }

        var result = read();
        depth--;
        return result;
    }

    private char Current => at < text.Length ? text[at] : '\0';

    private char Take()
    {
        var taken = text[at++];
        SkipSpace();
        return taken;
    }

    private void SkipSpace()
    {
        while (char.IsWhiteSpace(Current))
        {
            at++;
        }
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Current))
        {
            at++;
        }
    }

    private static bool IsKnown(char letter) => letter is '+' or '-' or '*' or '/' or '^' or '(' or ')' or ',';

    // The word, number or character at the place.
    private ExpressionException Problem(ExpressionProblem problem)
    {
        var end = at;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.'))
        {
            end++;
        }

        end = end == at && at < text.Length ? at + (char.IsSurrogatePair(text, at) ? 2 : 1) : end;
        var found = text[at..end];
        var isForeign = problem == ExpressionProblem.OperatorExpected && found.Length > 0 && !char.IsLetterOrDigit(found[0]) && found[0] is not ('_' or '.') && !IsKnown(found[0]);
        return new ExpressionException(isForeign ? ExpressionProblem.UnexpectedCharacter : problem, at, found);
    }
}
