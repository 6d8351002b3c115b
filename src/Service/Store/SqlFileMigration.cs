using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Trainyard.Service.Store;

/// <summary>
/// A migration whose content is the SQL file of the same id. The file's hash is recorded in the same transaction, so that a later change
/// of the file is noticed.
/// </summary>
internal abstract class SqlFileMigration : Migration
{
    /// <summary>Id of the migration and name of the file.</summary>
    public string Name => GetType().GetCustomAttribute<MigrationAttribute>()!.Id;

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var file = SqlFile.Embedded.Single(file => file.Name == Name);
        migrationBuilder.Sql(file.Sql);
        migrationBuilder.Sql(
            $"""
            create table if not exists schema_files (name text primary key, sha256 text not null, applied_at timestamptz not null);
            insert into schema_files values ('{file.Name}', '{file.Sha256}', now());
            """);
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder) =>
        throw new NotSupportedException("Migrations only go forward: restore a backup to go back.");
}
