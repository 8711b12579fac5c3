/** What the gate knows of the connection that a request came on. */
export interface GateInput {
  readonly method: string;
  /** auth.connect succeeded here. */
  readonly connected: boolean;
  /** auth.connect was refused here. */
  readonly refused: boolean;
  /** auth.aid_login2 succeeded here. */
  readonly loggedIn: boolean;
  /** A gateway of another domain is at the other end. */
  readonly peer: boolean;
  /** The request has no id, and gets no answer. */
  readonly isNotification: boolean;
  /** IP address of the client. */
  readonly address: string;
}

export interface GateRules {
  /** A77, A78, A79, A111: whether this method may be called now. */
  "gate.allows": (input: GateInput) => boolean;
  /** A78: code of the refusal. */
  "gate.code": () => number;
  /** A74: milliseconds until a connection that has not authenticated ends. */
  "gate.limitMs": (input: { readonly nonceLifeMs: number }) => number;
  /** A74: from when the limit counts. */
  "gate.limitFrom": (input: { readonly openedAt: number; readonly lastFrameAt: number }) => number;
  /** A74, A76: whether the limit, once reached, ends the connection. */
  "gate.limitEnds": (input: { readonly connected: boolean }) => boolean;
  /** A75: WebSocket close code at the limit. */
  "gate.closeCode": () => number;
  /** A109: milliseconds after which an authenticated connection ends whatever it does; undefined: never. */
  "gate.lifetimeMs": () => number | undefined;
}

export const honestGate: GateRules = {
  "gate.allows": ({ method, connected, peer }) =>
    connected ||
    method.startsWith("auth.") ||
    method === "federation.hello" ||
    (peer && method.startsWith("federation.")),
  "gate.code": () => -32013,
  "gate.limitMs": ({ nonceLifeMs }) => nonceLifeMs,
  "gate.limitFrom": ({ openedAt }) => openedAt,
  "gate.limitEnds": ({ connected }) => !connected,
  "gate.closeCode": () => 4008,
  "gate.lifetimeMs": () => undefined,
};
