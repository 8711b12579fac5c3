/** What a server's user can do about an address that cannot be listened at. */
const reasons: Readonly<Record<string, { readonly code: string; readonly problem: string; readonly mend: string }>> = {
  EADDRINUSE: {
    code: "LISTEN_ADDRESS_IN_USE",
    problem: "something listens there already",
    mend: "stop it, or take another port (port 0 takes any free one)",
  },
  EACCES: {
    code: "LISTEN_NOT_PERMITTED",
    problem: "this user may not listen there",
    mend: "take a port above 1023 (port 0 takes any free one)",
  },
  EADDRNOTAVAIL: {
    code: "LISTEN_ADDRESS_NOT_HERE",
    problem: "this machine has no such address",
    mend: "take an address of this machine, for example 127.0.0.1",
  },
  ENOTFOUND: {
    code: "LISTEN_ADDRESS_NOT_HERE",
    problem: "the host name is unknown",
    mend: "take an address of this machine, for example 127.0.0.1",
  },
};

/** A server could not be started; `code` is stable, the message names the address and what to do. */
export class ListenError extends Error {
  readonly code: string;
  constructor(host: string, port: number, cause: unknown) {
    const system = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    const reason = reasons[system] ?? {
      code: "LISTEN_FAILED",
      problem: `the system says ${system}`,
      mend: "take another address",
    };
    super(`cannot listen at ${host}:${port}: ${reason.problem}; ${reason.mend}`, { cause });
    this.code = reason.code;
  }
}
