/// <summary>A technique with the values of its parameters.</summary>
public sealed class TechniqueChoice(string name, params (string Name, object Value)[] parameters)
{
    public string Name => name;

    public IReadOnlyDictionary<string, object> Parameters { get; } = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);

    public double Number(string parameter) => (double)Parameters[parameter];

    public int Integer(string parameter) => (int)Number(parameter);

    public bool Flag(string parameter) => (bool)Parameters[parameter];

    public string Text(string parameter) => (string)Parameters[parameter];

    public IReadOnlyList<double> Numbers(string parameter) => (double[])Parameters[parameter];
}
