using System.Text.Json.Nodes;
using Trainyard.Trainer.Checkpoints;
using Trainyard.Trainer.Events;
using Trainyard.Trainer.Setup;

namespace Trainyard.Trainer.Training;

// When checkpoints are written: at the first step or epoch boundary after the interval (10 s by default) has passed since the last one, after the last epoch,
// and on every request to stop. A crash therefore loses about 10 s of work. A network so large that writing it takes longer than a twentieth of the interval is
// saved less often, so that saving never costs more than about 5 % of the time. spec: That of the run, for the headers.
internal sealed class CheckpointPolicy(JsonObject spec, TrainingSetup setup, CheckpointStore store, TrainOptions options, TimeProvider time)
{
    private const int LargestShare = 20;

    private long lastEnd;
    private TimeSpan interval = options.CheckpointInterval;

    public bool IsDue => time.GetElapsedTime(lastEnd) >= interval;

    public void Start() => lastEnd = time.GetTimestamp();

    /// <summary>The newest intact and known checkpoint, with its tensors restored; null: none.</summary>
    /// <exception cref="UnusableCheckpointException">It is of another spec.</exception>
    public CheckpointHeader? Restore(NoticeWriter notice) => store.Restore(setup.Spec, setup.State(), notice, options.KnownStep);

    /// <summary>Whether a checkpoint was made when the spec had another number of epochs.</summary>
    public bool IsExtended(CheckpointHeader header) => !JsonNode.DeepEquals(header.Spec["training"]!["epochs"], spec["training"]!["epochs"]);

    /// <summary>Writes one.</summary>
    /// <exception cref="RunFailureException">It cannot be written.</exception>
    public SavedCheckpoint Save(Cursor cursor)
    {
        var begin = time.GetTimestamp();
        var header = new CheckpointHeader
        {
            Spec = spec,
            Threads = options.Threads,
            Engine = Engine.Description,
            Cursor = cursor,
        };
        var saved = store.Save(header, setup.State());
        lastEnd = time.GetTimestamp();
        var took = time.GetElapsedTime(begin, lastEnd);
        interval = TimeSpan.FromTicks(Math.Max(options.CheckpointInterval.Ticks, options.CheckpointInterval > TimeSpan.Zero ? LargestShare * took.Ticks : 0));
        return saved;
    }
}
