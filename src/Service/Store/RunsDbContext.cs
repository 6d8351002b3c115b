using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql.NameTranslation;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Store;

/// <summary>Maps the tables of <c>migrations/</c>.</summary>
internal sealed class RunsDbContext(DbContextOptions<RunsDbContext> options) : DbContext(options)
{
    public DbSet<Run> Runs => Set<Run>();

    public DbSet<RunAttempt> Attempts => Set<RunAttempt>();

    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    public DbSet<StoredDetail> Details => Set<StoredDetail>();

    public DbSet<MetricPoint> MetricPoints => Set<MetricPoint>();

    public DbSet<MetricSummary> MetricSummaries => Set<MetricSummary>();

    public DbSet<Worker> Workers => Set<Worker>();

    public DbSet<DeletedRun> DeletedRuns => Set<DeletedRun>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<Study> Studies => Set<Study>();

    public DbSet<Trial> Trials => Set<Trial>();

    public DbSet<TestLook> TestLooks => Set<TestLook>();

    public DbSet<LessonAttemptRow> LessonAttempts => Set<LessonAttemptRow>();

    public DbSet<HandInRound> HandInRounds => Set<HandInRound>();

    public DbSet<HandIn> HandIns => Set<HandIn>();

    public DbSet<LabResult> LabResults => Set<LabResult>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<RunState>().HaveConversion<SnakeCaseConverter<RunState>>();
        configurationBuilder.Properties<RunMessageCode>().HaveConversion<SnakeCaseConverter<RunMessageCode>>();
        configurationBuilder.Properties<AccessScope>().HaveConversion<SnakeCaseConverter<AccessScope>>();
        configurationBuilder.Properties<LabState>().HaveConversion<SnakeCaseConverter<LabState>>();
        configurationBuilder.Properties<StudyState>().HaveConversion<SnakeCaseConverter<StudyState>>();
        configurationBuilder.Properties<TrialState>().HaveConversion<SnakeCaseConverter<TrialState>>();
        configurationBuilder.Properties<HandInEnding>().HaveConversion<SnakeCaseConverter<HandInEnding>>();
        configurationBuilder.Properties<ParentKind>().HaveConversion<SnakeCaseConverter<ParentKind>>();
        configurationBuilder.Properties<RunEvent>().HaveConversion<RunEventConverter>().HaveColumnType("jsonb");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Run>(run =>
        {
            run.ToTable("runs").HasKey(row => row.Id);
            run.Property(row => row.Id).ValueGeneratedNever();
            run.Property(row => row.CreatedAt).HasDefaultValueSql("now()");
            run.Property(row => row.UpdatedAt).HasDefaultValueSql("now()");
            run.Property(row => row.Spec).HasColumnType("jsonb");
            run.Property(row => row.FailureArguments).HasColumnType("jsonb");
            run.Property(row => row.Search).IsRequired().ValueGeneratedOnAddOrUpdate();
            run.Property(row => row.Setting).ValueGeneratedOnAddOrUpdate();
        });
        modelBuilder.Entity<RunAttempt>(attempt =>
        {
            attempt.ToTable("attempts").HasKey(row => new { row.RunId, row.Attempt });
            attempt.Property(row => row.Arguments).HasColumnType("jsonb");
        });
        modelBuilder.Entity<Experiment>(experiment =>
        {
            experiment.ToTable("experiments").HasKey(row => row.Name);
            experiment.Property(row => row.UpdatedAt).HasDefaultValueSql("now()");
        });
        modelBuilder.Entity<DeletedRun>().ToTable("deleted_runs").HasKey(row => row.Id);
        modelBuilder.Entity<StoredEvent>().ToTable("run_events").HasKey(row => new { row.RunId, row.Seq });
        modelBuilder.Entity<StoredDetail>(detail =>
        {
            detail.ToTable("run_details").HasKey(row => new { row.RunId, row.Seq });
            detail.Property(row => row.Data).HasColumnType("json");
        });
        modelBuilder.Entity<MetricPoint>().ToTable("metric_points").HasKey(row => new { row.RunId, row.Metric, row.Epoch });
        modelBuilder.Entity<MetricSummary>().ToTable("metric_summaries").HasKey(row => new { row.RunId, row.Metric });
        modelBuilder.Entity<MetricGap>().ToTable("metric_gaps").HasKey(row => new { row.Metric, row.RunId });
        modelBuilder.Entity<SpecPointer>().ToTable("spec_pointers").HasKey(row => row.Id);
        modelBuilder.Entity<SpecShape>().ToTable("spec_shapes").HasKey(row => row.Id);
        modelBuilder.Entity<RunParameter>(parameter =>
        {
            parameter.ToTable("run_parameters").HasKey(row => new { row.Parameter, row.Value, row.RunId });
            parameter.Property(row => row.Value).HasColumnType("jsonb");
        });
        modelBuilder.Entity<Worker>(worker =>
        {
            worker.ToTable("workers").HasKey(row => row.Id);
            worker.Property(row => row.Engine).HasColumnType("jsonb");
        });
        modelBuilder.Entity<ApiToken>().ToTable("api_tokens").HasKey(row => row.Id);
        modelBuilder.Entity<ApiSession>().ToTable("api_sessions").HasKey(row => row.Hash);
        modelBuilder.Entity<WebhookEndpoint>().ToTable("webhook_endpoints").HasKey(row => row.Url);
        modelBuilder.Entity<WebhookDelivery>().ToTable("webhook_deliveries").HasKey(row => row.Id);
        modelBuilder.Entity<Study>(study =>
        {
            study.ToTable("studies").HasKey(row => row.Id);
            study.Property(row => row.Id).ValueGeneratedNever();
            study.Property(row => row.CreatedAt).HasDefaultValueSql("now()");
            study.Property(row => row.UpdatedAt).HasDefaultValueSql("now()");
            study.Property(row => row.Definition).HasColumnType("jsonb");
        });
        modelBuilder.Entity<Trial>(trial =>
        {
            trial.ToTable("trials").HasKey(row => new { row.StudyId, row.Number });
            trial.Property(row => row.CreatedAt).HasDefaultValueSql("now()");
            trial.Property(row => row.Assignment).HasColumnType("jsonb");
            trial.Property(row => row.SeedValues).HasColumnType("jsonb");
            trial.Property(row => row.Problem).HasColumnType("jsonb");
            trial.Property(row => row.Curve).HasColumnType("jsonb");
        });
        modelBuilder.Entity<TestLook>().ToTable("test_looks").HasKey(row => new { row.StudyId, row.Number });
        modelBuilder.Entity<LessonAttemptRow>(attempt =>
        {
            attempt.ToTable("lesson_attempts").HasKey(row => row.Id);
            attempt.Property(row => row.Id).ValueGeneratedNever();
            attempt.Property(row => row.CreatedAt).HasDefaultValueSql("now()");
            attempt.Property(row => row.Settings).HasColumnType("jsonb");
            attempt.Property(row => row.Runs).HasColumnType("jsonb");
            attempt.Property(row => row.Studies).HasColumnType("jsonb");
            attempt.Property(row => row.Labs).HasColumnType("jsonb");
            attempt.Property(row => row.LabResults).HasColumnType("jsonb");
            attempt.Property(row => row.Outcome).HasColumnType("jsonb");
        });
        modelBuilder.Entity<HandInRound>(round =>
        {
            round.ToTable("hand_in_rounds").HasKey(row => new { row.Lesson, row.Round });
            round.Property(row => row.BegunAt).HasDefaultValueSql("now()");
        });
        modelBuilder.Entity<HandIn>(handIn =>
        {
            handIn.ToTable("hand_ins").HasKey(row => row.Id);
            handIn.Property(row => row.Id).ValueGeneratedNever();
            handIn.Property(row => row.At).HasDefaultValueSql("now()");
            handIn.Property(row => row.Claims).HasColumnType("jsonb");
        });
        modelBuilder.Entity<LabResult>(lab =>
        {
            lab.ToTable("lab_results").HasKey(row => row.Id);
            lab.Property(row => row.Request).HasColumnType("jsonb");
            lab.Property(row => row.Result).HasColumnType("json");
            lab.Property(row => row.FailureArguments).HasColumnType("jsonb");
        });

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(NpgsqlSnakeCaseNameTranslator.ConvertToSnakeCase(property.Name));
        }
    }

    private sealed class SnakeCaseConverter<T>() : ValueConverter<T, string>(
        value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()),
        name => Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), true)) where T : struct, Enum;

    private sealed class RunEventConverter() : ValueConverter<RunEvent, string>(
        value => JsonSerializer.Serialize(value, SpecJson.Options),
        json => RunEventJson.Parse(json));
}
