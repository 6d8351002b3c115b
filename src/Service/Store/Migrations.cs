using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Trainyard.Service.Store;

/// <summary>One line for each file of <c>migrations/</c>: EF Core finds migrations by these attributes. Start and tests notice a missing line.</summary>
internal static class Migrations
{
    [DbContext(typeof(RunsDbContext)), Migration("0001_runs")]
    internal sealed class M0001 : SqlFileMigration;

    [DbContext(typeof(RunsDbContext)), Migration("0002_worker_engine")]
    internal sealed class M0002 : SqlFileMigration;

    [DbContext(typeof(RunsDbContext)), Migration("0003_lifecycle")]
    internal sealed class M0003 : SqlFileMigration;

    [DbContext(typeof(RunsDbContext)), Migration("0004_run_details")]
    internal sealed class M0004 : SqlFileMigration;

    [DbContext(typeof(RunsDbContext)), Migration("0005_lists")]
    internal sealed class M0005 : SqlFileMigration;

    [DbContext(typeof(RunsDbContext)), Migration("0006_run_parameters")]
    internal sealed class M0006 : SqlFileMigration;

    [DbContext(typeof(RunsDbContext)), Migration("0007_story_codes")]
    internal sealed class M0007 : SqlFileMigration;

    [DbContext(typeof(RunsDbContext)), Migration("0008_worker_locks")]
    internal sealed class M0008 : SqlFileMigration;

    [DbContext(typeof(RunsDbContext)), Migration("0009_model_names")]
    internal sealed class M0009 : SqlFileMigration;
}
