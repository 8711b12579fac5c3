/** Why something is refused, thrown anywhere; the protocol's top turns it into an answer. */
export class CodedRefusal<Reason extends string> extends Error {
  readonly reason: Reason;
  /** Members of the body beside code and message, for example `details`. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(reason: Reason, message: string, more: Partial<Pick<CodedRefusal<Reason>, "members" | "headers">> = {}) {
    super(message);
    this.reason = reason;
    this.members = more.members ?? {};
    this.headers = more.headers ?? {};
  }
}
