import type { Section } from "../../engine/check.ts";
import type { Evidence, Exchange, HeaderList, Party, Purpose } from "../../engine/evidence.ts";
import type { Json } from "../../engine/json.ts";

export interface Made {
  readonly purpose: Purpose;
  /** null: no answer. */
  readonly status?: number | null;
  readonly json?: Json;
  readonly body?: string;
  readonly headers?: HeaderList;
  readonly from?: Party;
  readonly to?: Party;
  readonly method?: string;
  readonly url?: string;
  readonly requestHeaders?: HeaderList;
  readonly requestBody?: string;
  readonly requestBytes?: number;
  readonly sha?: string;
  readonly responseSha?: string;
  readonly error?: string;
}

let lastId = 0;

/** An exchange made by hand, with an id of its own. */
export function made({
  purpose,
  status = 200,
  json,
  headers = [],
  from = "agent",
  to = "target",
  ...rest
}: Made): Exchange {
  lastId += 1;
  const body = rest.body ?? (json === undefined ? undefined : JSON.stringify(json));
  return {
    id: lastId,
    from,
    to,
    purpose,
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 1,
    request: {
      method: rest.method ?? "POST",
      url: rest.url ?? "http://gateway.test/ath",
      headers: rest.requestHeaders ?? [],
      bodyBytes: rest.requestBytes ?? rest.requestBody?.length ?? 0,
      ...(rest.requestBody === undefined ? {} : { body: rest.requestBody }),
      ...(rest.sha === undefined ? {} : { bodySha256: rest.sha }),
    },
    response:
      status === null
        ? null
        : {
            status,
            headers,
            bodyBytes: body?.length ?? 0,
            ...(body === undefined ? {} : { body }),
            ...(rest.responseSha === undefined ? {} : { bodySha256: rest.responseSha }),
          },
    error: status === null ? { code: rest.error ?? "TIMEOUT", message: "no answer" } : null,
  };
}

/** A token that was issued. */
export function issued(members: Readonly<Record<string, Json>> = {}): Exchange {
  return made({ purpose: "token", json: { access_token: "‹ath-token:000000000001:43›", ...members } });
}

/** An ATHError. */
export function refusedWith(purpose: Purpose, status: number, code: string): Exchange {
  return made({ purpose, status, json: { code, message: "no" } });
}

/** A proxied call that was answered by the provider. */
export function called(status = 200): Exchange {
  return made({ purpose: "proxy", method: "GET", url: "http://gateway.test/ath/proxy/mail/v1/messages", status });
}

/** Evidence of marked exchanges, others beside them, and facts; it went through a file, as bundles do. */
export function evidenceOf(
  marks: Readonly<Record<string, readonly Exchange[]>>,
  facts: Readonly<Record<string, Json>> = {},
  others: readonly Exchange[] = [],
): Evidence {
  const exchanges = [...Object.values(marks).flat(), ...others].sort((one, other) => one.id - other.id);
  const ids = Object.fromEntries(Object.entries(marks).map(([role, list]) => [role, list.map(({ id }) => id)]));
  return JSON.parse(JSON.stringify({ exchanges, marks: ids, facts }));
}

/** The outcome and the reason that a check gives for evidence. */
export function judged(section: Section<never>, id: string, evidence: Evidence): string {
  const check = section.checks.find((one) => one.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  const { outcome, reasonCode } = check.judge(evidence);
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
}
