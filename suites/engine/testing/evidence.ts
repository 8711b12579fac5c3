import type { Evidence, Exchange } from "../evidence.ts";

/** What a hand-made exchange is made of; everything left out is plain. */
export interface ExchangeSketch extends Partial<Omit<Exchange, "request" | "response">> {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly request?: Partial<Exchange["request"]>;
  readonly headers?: readonly (readonly [string, string])[];
}

/** A hand-made exchange. Without `status` there was no answer. */
export function exchange(id: number, sketch: ExchangeSketch = {}): Exchange {
  const { status, json, text, request, headers = [], ...rest } = sketch;
  const body = text ?? (json === undefined ? undefined : JSON.stringify(json));
  return {
    id,
    from: "agent",
    to: "target",
    purpose: "register",
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 1,
    error: status === undefined ? { code: "TIMEOUT", message: "no answer in time" } : null,
    ...rest,
    request: { method: "POST", url: "http://127.0.0.1/ath/agents/register", headers: [], bodyBytes: 0, ...request },
    response:
      status === undefined
        ? null
        : { status, headers, bodyBytes: body?.length ?? 0, ...(body === undefined ? {} : { body }) },
  };
}

/** Hand-made evidence: exchanges by the roles they play. */
export function evidence(roles: Readonly<Record<string, readonly Exchange[]>>, rest: Partial<Evidence> = {}): Evidence {
  const exchanges = [...new Set(Object.values(roles).flat())];
  const marks = Object.fromEntries(Object.entries(roles).map(([role, list]) => [role, list.map(({ id }) => id)]));
  return { exchanges, marks, facts: {}, ...rest };
}

/** The body of a registration that grants. */
export const grantedRegistration = {
  client_id: "c-1",
  client_secret: "‹client-secret:000000000000:43›",
  agent_status: "approved",
};
