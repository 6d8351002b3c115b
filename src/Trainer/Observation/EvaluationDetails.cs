using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Observation;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Events;
using static TorchSharp.torch.nn;

namespace Trainyard.Trainer.Observation;

// Confusion matrix and worst mistakes of a network on a split.
internal sealed class EvaluationDetails(DataSplit split, SampleSet samples, int[] indices, IReadOnlyList<string> classNames)
{
    // The worst of all, and the worst of each cell of the confusion matrix, so that no kind of mistake is without an example.
    private const int MostMistakes = 36;
    private const int MostOfCell = 6;
    private const int MostOfCells = 300;

    // Of all images together, in base64: large images are left out where an event would grow beyond what a worker reads in one line.
    private const int MostImageCharacters = 512 * 1024;

    private readonly ConfusionMatrix confusion = new(classNames.Count);

    private readonly WorstMistakes worst = new(MostMistakes);
    private readonly Dictionary<(int Label, int Predicted), WorstMistakes> worstOfCells = [];
    private readonly int mostOfCell = Math.Clamp(MostOfCells / Math.Max(1, classNames.Count * (classNames.Count - 1)), 0, MostOfCell);
    private int seen;
    private int imageCharacters;

    // Adds the next batch. Waits for the device. scores: [n, classes] float32. labels: [n] int64.
    public void Add(Tensor scores, Tensor labels)
    {
        using var scope = NewDisposeScope();
        using var predicted = scores.argmax(1).cpu().data<long>();
        using var confidences = scores.softmax(1).amax(1).cpu().data<float>();
        using var losses = functional.cross_entropy(scores, labels, reduction: Reduction.None).cpu().data<float>();
        var (answers, shares, costs) = (predicted.ToArray(), confidences.ToArray(), losses.ToArray());
        for (var row = 0; row < answers.Length; row++, seen++)
        {
            int label = samples.Labels[indices[seen]];
            var answer = (int)answers[row];
            confusion.Add(label, answer);
            if (answer != label)
            {
                var mistake = new Candidate(seen, label, answer, shares[row], costs[row], float.IsFinite(costs[row]) ? costs[row] : float.MaxValue);
                worst.Add(mistake);
                if (!worstOfCells.TryGetValue((label, answer), out var cell))
                {
                    worstOfCells[(label, answer)] = cell = new(mostOfCell);
                }

                cell.Add(mistake);
            }
        }
    }

    // The event, after the last batch. accuracy: Accuracy of the same pass, 0 to 1.
    public EvaluationEvent ToEvent(int epoch, double loss, double accuracy) => new()
    {
        Epoch = epoch,
        Split = split,
        Samples = seen,
        Loss = EventWriter.Finite(loss),
        Accuracy = EventWriter.Finite(accuracy),
        ClassNames = classNames,
        Confusion = confusion.Counts,
        PerClass = confusion.Scores(),
        Mistakes = [.. worstOfCells.Values.SelectMany(cell => cell.All).Union(worst.All)
            .OrderByDescending(mistake => mistake.Rank).ThenBy(mistake => mistake.Sample).Select(ToMistake)],
    };

    private Mistake ToMistake(Candidate mistake) => new()
    {
        Sample = mistake.Sample,
        Label = mistake.Label,
        Predicted = mistake.Predicted,
        Confidence = EventWriter.Finite(mistake.Confidence),
        Loss = EventWriter.Finite(mistake.Loss),
        Image = Image(indices[mistake.Sample]),
    };

    private string? Image(int sample)
    {
        if (PngImage.Of(samples, sample) is not { } png || imageCharacters + (4L * png.Length / 3) > MostImageCharacters)
        {
            return null;
        }

        var text = Convert.ToBase64String(png);
        imageCharacters += text.Length;
        return text;
    }

    // Rank: the loss; one that is not finite is the worst.
    private sealed record Candidate(int Sample, int Label, int Predicted, float Confidence, float Loss, float Rank);

    private sealed class WorstMistakes(int most)
    {
        // The smallest loss first, so that a worse mistake replaces it.
        private readonly PriorityQueue<Candidate, float> queue = new();

        public IEnumerable<Candidate> All => queue.UnorderedItems.Select(item => item.Element);

        public void Add(Candidate mistake)
        {
            queue.Enqueue(mistake, mistake.Rank);
            if (queue.Count > most)
            {
                queue.Dequeue();
            }
        }
    }
}
