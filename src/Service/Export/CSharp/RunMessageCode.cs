/// <summary>What a failure or a notice says.</summary>
internal enum RunMessageCode
{
    FileMissing, FileDamaged, FileUnreadable, FileNotWritten, ArchiveNotUnpacked,
    DownloadFailed, DownloadWaits, DownloadBegins, DownloadGoesOn, DownloadDone,
}
