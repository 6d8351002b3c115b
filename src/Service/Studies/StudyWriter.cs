using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Studies;

// The study of a request. KeyReused: another request with the same key created it.
internal sealed record StudySubmission(Guid Id, bool Created, bool KeyReused = false);

/// <summary>Stores studies; the coordinator is notified.</summary>
internal sealed class StudyWriter(RunsDbContext database, NpgsqlDataSource dataSource, TimeProvider clock)
{
    public async Task<StudySubmission> SubmitAsync(
        StudyRequest request, StudyDefinition definition, int trials, string? createdBy, string? key, CancellationToken cancellationToken)
    {
        var hash = IdempotentRequest.HashOf(JsonSerializer.Serialize(request, SpecJson.Options));
        while (true)
        {
            if (key is not null && await FindAsync(key, hash, createdBy, cancellationToken) is { } first)
            {
                return first;
            }

            var study = new Study
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                Name = request.Name,
                Notes = request.Notes ?? "",
                CreatedBy = createdBy,
                IdempotencyKey = key,
                RequestSha256 = key is null ? null : hash,
                State = StudyState.Running,
                Definition = definition.ToJson(),
                Trials = trials,
                CreatedAt = default, // the database's time
            };
            try
            {
                database.Studies.Add(study);
                await database.SaveChangesAsync(cancellationToken);
                await NotifyAsync(study.Id, cancellationToken);
                return new StudySubmission(study.Id, Created: true);
            }
            catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "studies_by_idempotency_key" })
            {
                database.ChangeTracker.Clear();
            }
        }
    }

    // A lost notification costs a poll of the coordinator.
    private async Task NotifyAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"select pg_notify('{EventLog.StudiesChannel}', $1)");
        command.Parameters.Add(new() { Value = id.ToString() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<StudySubmission?> FindAsync(string key, string hash, string? createdBy, CancellationToken cancellationToken) =>
        await database.Studies.Where(study => study.IdempotencyKey == key && study.CreatedBy == createdBy).Select(study => new { study.Id, study.RequestSha256 })
            .SingleOrDefaultAsync(cancellationToken) is { } first ? new StudySubmission(first.Id, Created: false, KeyReused: first.RequestSha256 != hash) : null;
}
