import { visible } from "../reports/printable.ts";

/** What the process says when it ends (public: scripts and CI rely on it). */
export const exitCodes = {
  conformant: 0,
  findings: 1,
  usage: 2,
  notTestable: 3,
  kitError: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

interface UsersError {
  /** Stable, for scripts and tests. */
  readonly code: string;
  /** What is wrong, and where. */
  readonly message: string;
  /** What the user can do about it. */
  readonly mend?: string;
  /** More lines, for example every key that is wrong. */
  readonly details?: readonly string[];
  /** Default: 2, usage or configuration. */
  readonly exitCode?: ExitCode;
}

/** An error that a user can mend: the message says what and where, `mend` what to do. */
export class CliError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly mend: string | undefined;
  readonly details: readonly string[];
  constructor({ code, message, mend, details = [], exitCode = exitCodes.usage }: UsersError) {
    super(message);
    this.name = "CliError";
    this.code = code;
    this.exitCode = exitCode;
    this.mend = mend;
    this.details = details;
  }
}

/** A part of the interface that this version does not have; said, never ignored. */
export function notYet(what: string): CliError {
  return new CliError({
    code: "NOT_IN_THIS_VERSION",
    message: `${what} is not in this version yet`,
    mend: "leave it out; `gateproof --help` lists what this version does",
  });
}

/** Codes of errors from other folders that are about what the user asked for or configured, and what to do about them. */
const usersErrors: Readonly<Record<string, string | undefined>> = {
  ENOSPC: "the disk is full: make room, or send the output elsewhere",
  UNKNOWN_ADDRESS: "`gateproof list <profile> --checks` lists every section and check",
  UNKNOWN_REQUIREMENT: "`gateproof list --requirements` lists all",
  UNKNOWN_FAULT: "`gateproof list --faults` lists all",
  "port-in-use": undefined,
  "address-unavailable": undefined,
  "port-forbidden": undefined,
  "id-template": undefined,
  "user-key": undefined,
  "handshake-missing": undefined,
};

/** Errors of the kit show this much of where they came from. */
const stackLines = 6;

/** An error as the lines for stderr and the exit code that goes with it. */
export function explained(error: unknown): { readonly exitCode: ExitCode; readonly text: string } {
  if (error instanceof CliError) {
    const { message, details, mend, exitCode } = error;
    return { exitCode, text: linesOf(message, details, mend) };
  }
  if (!(error instanceof Error)) {
    return { exitCode: exitCodes.kitError, text: linesOf(`the kit failed: ${String(error)}`, [], report) };
  }
  const code = "code" in error ? String(error.code) : "";
  if (Object.hasOwn(usersErrors, code) || code.startsWith("LISTEN_")) {
    const mend = "mend" in error && typeof error.mend === "string" ? error.mend : usersErrors[code];
    return { exitCode: exitCodes.usage, text: linesOf(error.message, [], mend) };
  }
  const stack = (error.stack ?? "")
    .split("\n")
    .slice(1, 1 + stackLines)
    .map((line) => line.trim());
  return { exitCode: exitCodes.kitError, text: linesOf(`the kit failed: ${error.message}`, stack, report) };
}

const report = "this is a fault of Gateproof, not of the target; please report it with the command line";

function linesOf(message: string, details: readonly string[], mend: string | undefined): string {
  const lines = [`gateproof: ${visible(message)}`, ...details.map((line) => `  ${visible(line)}`)];
  if (mend !== undefined) lines.push(`  → ${visible(mend)}`);
  return `${lines.join("\n")}\n`;
}
