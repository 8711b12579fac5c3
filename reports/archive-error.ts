/** A bundle that cannot be trusted or read; `file` names the part that is wrong. */
export class ArchiveError extends Error {
  readonly code: "NO_ARCHIVE" | "ARCHIVE_TOO_LARGE" | "FILE_CHANGED" | "FILE_MISSING" | "FILE_ADDED";
  readonly file: string | undefined;
  constructor(code: ArchiveError["code"], message: string, file?: string) {
    super(message);
    this.code = code;
    this.file = file;
  }
}
