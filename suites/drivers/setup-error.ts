/** Something of the kit's own set-up is wrong: an address in use, a template that gives every agent the same id. */
export class SetupError extends Error {
  readonly code:
    | "port-in-use"
    | "address-unavailable"
    | "port-forbidden"
    | "id-template"
    | "user-key"
    | "handshake-missing";
  /** What the user can do about it. */
  readonly mend: string;
  constructor(code: SetupError["code"], message: string, mend: string) {
    super(message);
    this.name = "SetupError";
    this.code = code;
    this.mend = mend;
  }
}
