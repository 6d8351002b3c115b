using System.Globalization;
using Npgsql;
using Trainyard.Service.Filters;
using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

// The statements that find the ids of a page in order. Read only. The order is read from an index, so the cost does not depend on the position of the page.
// With a filter there are three plans, and the wrong one is slow:
// - Next: the rows of the next runs of the order are tested one by one. For a filter that many runs fit, which a first look at a few of them tells.
// - Matches: the matching runs are read, and sorted. For a filter that few runs fit, which counting the conditions of an expression tells.
// - Walk: the order is read from its index, each id of which is looked up in the hashed sets of the conditions: a fiftieth of the cost of a test of the row.
// Measured in bench/lists.
internal sealed class RunListSql(RunFilter filter, IReadOnlyList<int>? sizes = null)
{
    /// <summary>Up to this number of matching runs are read by primary key and sorted, about 10 ms.</summary>
    public const int Few = 1_000;

    /// <summary>Up to this number of matching runs, a set that is not counted is read and hashed; for more, the whole order is joined with them.</summary>
    public const int Many = 6_000;

    /// <summary>How many runs of the order are tested where the first look has shown that this fills the page.</summary>
    public const int Window = 6_000;

    private readonly RunSort sort = filter.Sort;
    private readonly FilterExpression? where = filter.Where is { } given ? FilterForm.Of(given) : null;

    // Whether there are conditions beside the expression and the archive.
    private readonly bool hasOthers = (filter with { Where = null }).IsRestrictive;

    /// <summary>
    /// How many runs of the order are tested before anything else is known. More without an expression: that filter is not counted afterwards, and its columns are
    /// tested faster; and the first runs of an order often have one value, and are no sample.
    /// </summary>
    public int FirstLook => filter.Where is null ? 1_000 : 400;

    /// <summary>Whether the sizes of the conditions say that few runs match.</summary>
    public bool AreFew => where is not null && (KnownSizes().Most(where) <= Few || (hasOthers && sizes?[^1] <= Few));

    /// <summary>The statements of a filter whose conditions are counted first, where that decides what is read.</summary>
    public static async Task<RunListSql> CountedAsync(NpgsqlDataSource dataSource, RunFilter filter, CancellationToken cancellationToken)
    {
        var sql = new RunListSql(filter);
        if (sql.where is null)
        {
            return sql;
        }

        await using var command = sql.Sizes();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        command.Connection = connection;
        return new RunListSql(filter, (int[])(await command.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>How many runs the parts of the expression have, and the other conditions: an array for the constructor.</summary>
    public NpgsqlCommand Sizes()
    {
        var command = new NpgsqlCommand();
        command.CommandText = new FilterSql(command).Count(FilterSizes.Countable(where!), FilterSizes.MaximumCount + 1);
        if (hasOthers)
        {
            command.CommandText += $" || (select count(*)::int from (select from runs r where {All(Conditions(command, Part.Others))} limit {Text(Many + 1)}) as counted)";
        }

        return command;
    }

    /// <summary>Ids of matching runs, up to one more than <see cref="Many"/>, in any order.</summary>
    public NpgsqlCommand Matches()
    {
        var command = new NpgsqlCommand();
        command.CommandText = $"select found.id, null::text from ({Found(command)}) as found (id) limit {Text(Many + 1)}";
        return command;
    }

    /// <summary>Query for the ids of all matching runs, and some columns of theirs, as a part of a statement that joins by hashing only.</summary>
    public string Matching(NpgsqlCommand command, IReadOnlyList<string> columns) => columns.Count == 0 && IsExpression
        ? $"select found.id from {Set(command)} as found (id) where {NotArchived("found.id")}"
        : $"select {string.Join(", ", columns.Prepend("id").Select(column => $"r.{column}"))} from runs r where {All(Conditions(command, Part.All))}";

    /// <summary>Condition on the id of a run, of many: the archived ones are few.</summary>
    public static string NotArchived(string id) => $"not exists (select from runs hidden where hidden.archived_at is not null and hidden.id = {id})";

    /// <summary>The number of matching runs, up to a limit.</summary>
    public NpgsqlCommand Count(int limit)
    {
        var command = new NpgsqlCommand();
        // Without the id, which not every index has.
        var matching = where is null ? $"select from runs r where {All(Conditions(command, Part.Others))}" : $"select from ({Found(command)}) as matching";
        command.CommandText = $"select count(*)::int from ({matching} limit {Text(limit)}) as counted";
        return command;
    }

    /// <summary>By id: from the primary key, or the index of a state or experiment.</summary>
    public NpgsqlCommand ById(int limit)
    {
        var command = new NpgsqlCommand();
        var (order, beyond) = Direction(sort.Descending);
        var next = filter.After is { } after ? $"where found.id {beyond} {Parameter(command, after.Id)}" : "";
        command.CommandText = $"select found.id, null::text from ({Found(command)}) as found (id) {next} order by found.id {order} limit {Text(limit)}";
        return command;
    }

    /// <summary>Few runs by primary key, in an order by a value: those that have it, or the others by id.</summary>
    public NpgsqlCommand OfFew(Guid[] few, bool hasValue, int limit)
    {
        var command = new NpgsqlCommand();
        var (order, beyond) = Direction(sort.Descending || !hasValue);
        List<string> conditions = [hasValue ? "own.value is not null" : "own.value is null"];
        var ids = Parameter(command, few);
        if (filter.After is { } after && hasValue == after.Key is not null)
        {
            conditions.Add(hasValue
                ? $"(own.value, own.id) {beyond} ({Key(command, after.Key!)}, {Parameter(command, after.Id)})"
                : $"own.id {beyond} {Parameter(command, after.Id)}");
        }

        command.CommandText =
            $"""
            select own.id, own.value::text from (select r.id, {sort.Value} as value from runs r where r.id = any ({ids})) as own
            where {All(conditions)} order by {(hasValue ? $"own.value {order}, " : "")}own.id {order} limit {Text(limit)}
            """;
        return command;
    }

    /// <summary>Whether <see cref="Next"/> reads an index, and the conditions can be told from the row of a run.</summary>
    public bool CanFollow => sort.IsIndexed && (where is null || FilterSql.IsOfRow(where));

    /// <summary>The matching runs among the next ones of the order, as many as the window has; fewer than limit means that there may be more further down.</summary>
    public NpgsqlCommand Next(int window, int limit)
    {
        var command = new NpgsqlCommand();
        var (order, _) = Direction(sort.Descending);
        string By(string value, string id) => sort.Value is null ? $"{id} {order}" : $"{value} {order}, {id} {order}";
        // "offset 0" leaves the planner no other way than by primary key: where it expects many of the window to match, it would read all runs beside them.
        command.CommandText =
            $"""
            select next.id, next.value::text
            from (select {sort.Id} as id, {sort.Key} as value from {sort.Source} where {All(Beyond(command))} order by {By(sort.Key, sort.Id)} limit {Text(window)}) as next
            cross join lateral (select from runs r where r.id = next.id and {All(Conditions(command, Part.AllOfRow))} offset 0) as r
            order by {By("next.value", "next.id")} limit {Text(limit)}
            """;
        return command;
    }

    /// <summary>Whether the conditions, or some of an intersection, have sets that are small enough to be hashed.</summary>
    public bool CanWalk => where is not null && sort.IsIndexed && Hashed is { Count: > 0 } && Tested.All(FilterSql.IsOfRow);

    /// <summary>The matching runs with a value: the order from its index, each run looked up in hashed sets, and those that are in them tested for what has no set.</summary>
    public NpgsqlCommand Walk(int limit)
    {
        var command = new NpgsqlCommand();
        return Walk(command, [new FilterSql(command).OfId(new FilterAnd(Hashed), sort.Id), $"(select {All(Conditions(command, Part.Tested))} from runs r where r.id = {sort.Id})"], limit);
    }

    /// <summary>The same of runs that were found.</summary>
    public NpgsqlCommand Walk(Guid[] found, int limit)
    {
        var command = new NpgsqlCommand();
        return Walk(command, [$"({sort.Id} in (select unnest({Parameter(command, found)}::uuid[])) is true)"], limit);
    }

    private NpgsqlCommand Walk(NpgsqlCommand command, IReadOnlyList<string> conditions, int limit)
    {
        var (order, _) = Direction(sort.Descending);
        var by = sort.Value is null ? $"{sort.Id} {order}" : $"{sort.Key} {order}, {sort.Id} {order}";
        command.CommandText = $"select {sort.Id}, ({sort.Key})::text from {sort.Source} where {All([.. Beyond(command), .. conditions])} order by {by} limit {Text(limit)}";
        return command;
    }

    // The parts of the expression that ids are looked up for, and the others, which are tested on the rows of those.
    private IReadOnlyList<FilterExpression> Hashed => field ??= KnownSizes().Hashable(where!);

    private IReadOnlyList<FilterExpression> Tested => field ??= [.. (where is FilterAnd and ? and.Parts : [where!]).Except(Hashed)];

    /// <summary>All runs with a value, from the index of the order. The runs that are hidden are passed over, as many as there are.</summary>
    public NpgsqlCommand InOrder(int limit)
    {
        var command = new NpgsqlCommand();
        var (order, _) = Direction(sort.Descending);
        var beyond = All(Beyond(command));
        var next = $"order by {sort.Key} {order}, {sort.Id} {order}";
        command.CommandText = sort.Source == RunSort.Runs
            ? $"select s.id, ({sort.Key})::text from runs s where {beyond} and s.archived_at is null {next} limit {Text(limit)}"
            : $"select {sort.Id}, ({sort.Key})::text from {sort.Source} join runs r on r.id = {sort.Id} where {beyond} and {All(Conditions(command, Part.All))} {next} limit {Text(limit)}";
        return command;
    }

    /// <summary>Many matching runs that are far down the order: joined with the whole order, each read once.</summary>
    public NpgsqlCommand OfMany(int limit)
    {
        var command = new NpgsqlCommand();
        var (order, _) = Direction(sort.Descending);
        command.CommandText =
            $"""
            with matching as materialized (select r.id as matching_id from runs r where {All(Conditions(command, Part.All))})
            select {sort.Id}, ({sort.Key})::text from {sort.Source} join matching on matching_id = {sort.Id}
            where {All(Beyond(command))} order by {sort.Key} {order}, {sort.Id} {order} limit {Text(limit)}
            """;
        return command;
    }

    // Runs without a value, latest first: by an index of those that lack a metric; for a parameter the next runs of each spec shape that lacks it, from the index
    // of run_parameters; otherwise by id.
    public NpgsqlCommand WithoutValue(int limit)
    {
        var command = new NpgsqlCommand();
        List<string> conditions = Conditions(command, CanWalk ? Part.Tested : Part.All);
        var id = sort.Pointer is null && sort.Without is null ? "r.id" : "own.run_id";
        if (CanWalk)
        {
            conditions.Add(new FilterSql(command).OfId(new FilterAnd(Hashed), id));
        }

        if (filter.After is { Key: null } after)
        {
            conditions.Add($"{id} < {Parameter(command, after.Id)}");
        }

        command.CommandText = sort.Pointer is { } pointer
            ? $"""
              select next.run_id, null::text
              from (select to_jsonb(shape.id) as value from spec_shapes shape
                  where not parameters && array(select id from spec_pointers where pointer = {Parameter(command, pointer)})) as shape
              cross join lateral (
                  select own.run_id from run_parameters own join runs r on r.id = own.run_id
                  where own.parameter = 0 and own.value = shape.value and {All(conditions)} order by own.run_id desc limit {Text(limit)}) as next
              order by next.run_id desc limit {Text(limit)}
              """
            : sort.Without is { } without
            ? $"select own.run_id, null::text from ({without}) as own join runs r on r.id = own.run_id where {All(conditions)} order by own.run_id desc limit {Text(limit)}"
            : $"select r.id, null::text from runs r where {sort.Value} is null and {All(conditions)} order by r.id desc limit {Text(limit)}";
        return command;
    }

    // Whether an expression alone decides, apart from the archive.
    private bool IsExpression => where is not null && !hasOthers;

    // The ids of matching runs, beginning with the side that has few. An expression that few runs fit has those looked up one by one: the planner cannot know how
    // many they are, and would read all runs beside them.
    private string Found(NpgsqlCommand command)
    {
        if (IsExpression)
        {
            return Matching(command, []);
        }

        if (where is not null && KnownSizes().AreFew(where))
        {
            return $"select found.id from {Set(command)} as found (id) cross join lateral (select from runs r where r.id = found.id and {All(Conditions(command, Part.Others))} offset 0) as r";
        }

        var startsWithOthers = where is not null && sizes?[^1] <= Many && FilterSql.IsOfRow(where);
        return $"select r.id from runs r where {All(Conditions(command, startsWithOthers ? Part.AllOfRow : Part.All))}";
    }

    private string Set(NpgsqlCommand command) => new FilterSql(command).Write(where!, KnownSizes());

    private FilterSizes KnownSizes() => sizes is null ? FilterSizes.Unknown
        : new FilterSizes(FilterSizes.Countable(where!).Zip(sizes).ToDictionary(pair => pair.First, pair => pair.Second), Many);

    // The rows of the order after the previous page, as far as the filter does not exclude them by the value of the order itself.
    private List<string> Beyond(NpgsqlCommand command)
    {
        List<string> conditions = sort.Present is null ? [] : [sort.Present];
        var (_, beyond) = Direction(sort.Descending);
        if (filter.After is { } after && (sort.Value is null || after.Key is not null))
        {
            conditions.Add(after.Key is { } key
                ? $"({sort.Key}, {sort.Id}) {beyond} ({Key(command, key)}, {Parameter(command, after.Id)})"
                : $"{sort.Id} {beyond} {Parameter(command, after.Id)}");
        }

        var compared = where is FilterAnd and ? and.Parts : where is null ? [] : [where];
        conditions.AddRange(compared.OfType<FilterComparison>().Where(one => one.Value is not null && sort.IsBy(one.Field)).Select(one => new FilterSql(command).OfValue(one, sort.Key)));
        return conditions;
    }

    // Part.All: the expression is told from sets of runs; Part.AllOfRow: from the row of each run, for few runs; Part.Tested: only what is not hashed, from the row.
    private List<string> Conditions(NpgsqlCommand command, Part part)
    {
        List<string> conditions = [$"r.archived_at is {(filter.Archived ? "not " : "")}null"];
        if (filter.States.Count > 0)
        {
            var states = filter.States.Select(state => state.ToWireName()).ToArray();
            conditions.Add(states.Length == 1 ? $"r.state = {Parameter(command, states[0])}" : $"r.state = any ({Parameter(command, states)})");
        }

        if (filter.Experiment is { } experiment)
        {
            conditions.Add($"r.experiment = {Parameter(command, experiment)}");
        }

        if (filter.Study is { } study)
        {
            conditions.Add($"r.study_id = {Parameter(command, study)}");
        }

        if (filter.Tags.Count > 0)
        {
            conditions.Add($"r.tags @> {Parameter(command, filter.Tags.ToArray())}");
        }

        if (filter.Query.Count > 0)
        {
            // The words contain no quotes or operators; each matches the beginning of a word of the run.
            conditions.Add($"r.search @@ lower({Parameter(command, string.Join(" & ", filter.Query.Select(word => $"'{word}':*")))})::tsquery");
        }

        switch (part)
        {
            case Part.All when where is not null:
                conditions.Add($"r.id in {Set(command)}");
                break;
            case Part.AllOfRow when where is not null:
                conditions.Add(new FilterSql(command).OfRow(where));
                break;
            case Part.Tested when Tested.Count > 0:
                conditions.Add(new FilterSql(command).OfRow(new FilterAnd(Tested)));
                break;
            default:
                break;
        }

        return conditions;
    }

    private enum Part
    {
        All,
        AllOfRow,
        Tested,

        /// <summary>All but the expression.</summary>
        Others,
    }

    private static (string Order, string Beyond) Direction(bool descending) => descending ? ("desc", "<") : ("asc", ">");

    private static string All(List<string> conditions) => string.Join(" and ", conditions.DefaultIfEmpty("true"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Key(NpgsqlCommand command, string key)
    {
        command.Parameters.Add(sort.Parameter(key)!);
        return $"${Text(command.Parameters.Count)}";
    }

    private static string Parameter(NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new() { Value = value });
        return $"${Text(command.Parameters.Count)}";
    }
}
