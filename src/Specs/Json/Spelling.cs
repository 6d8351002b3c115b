namespace Trainyard.Specs.Json;

/// <summary>Finds the intended name behind a misspelled one.</summary>
public static class Spelling
{
    /// <summary>The nearest candidate by edit distance, within a third of the length of the text; null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 64)
        {
            return null;
        }

        var (candidate, distance) = candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(Fold(word), Fold(candidate))))
            .DefaultIfEmpty((Candidate: "", Distance: int.MaxValue))
            .MinBy(pair => pair.Distance);
        return distance <= Math.Max(1, word.Length / 3) ? candidate : null;
    }

    /// <summary>The text in lower case without separators: learning_rate, learning-rate and LearningRate are all learningrate.</summary>
    public static string Fold(string text) => text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein distance by rows; swapping two neighbors counts as one edit (Damerau).
    private static int Distance(string a, string b)
    {
        var earlier = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], earlier[j - 2] + 1);
                }
            }

            (earlier, previous, current) = (previous, current, earlier);
        }

        return previous[b.Length];
    }
}
