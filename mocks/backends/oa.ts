import type { JsonObject } from "../ath/json.ts";
import { sameText } from "../ath/random.ts";
import type { Clock } from "../core/clock.ts";
import { type LegacyBackend, legacyBackend, recordsAnswer } from "./backend.ts";
import { envelope, escapeXml, fieldsXml, readEnvelope, SoapError } from "./soap.ts";

export interface OaOptions {
  readonly clock: Clock;
  /** The service account that calls must come from (HTTP Basic). */
  readonly account: { readonly name: string; readonly password: string };
}

/** Where the OA's one endpoint is. */
export const oaPath = "/services/oa";

const documents = [
  { id: "doc-1", title: "Travel policy", folder: "policies" },
  { id: "doc-2", title: "Budget <draft> & notes", folder: "finance" },
];

function xml(status: number, body: string): Response {
  return new Response(envelope(body), { status, headers: { "content-type": "text/xml; charset=utf-8" } });
}

function fault(status: number, code: "Client" | "Server", text: string): Response {
  const content = `<faultcode>soap:${code}</faultcode><faultstring>${escapeXml(text)}</faultstring>`;
  return xml(status, `<soap:Fault>${content}</soap:Fault>`);
}

/** What it cannot read it answers like a call without fields, as old systems do. */
function callIn(body: string): { readonly operation: string; readonly fields: JsonObject } {
  try {
    const message = readEnvelope(body);
    return message.kind === "call" ? message : { operation: "", fields: {} };
  } catch (error) {
    if (error instanceof SoapError) return { operation: "", fields: {} };
    throw error;
  }
}

/** The office automation system: SOAP 1.1 at one endpoint, HTTP Basic. */
export function createOaBackend({ clock, account }: OaOptions): LegacyBackend {
  const basic = Buffer.from(`${account.name}:${account.password}`).toString("base64");
  return legacyBackend({
    name: "oa",
    clock,
    secrets: () => [basic, account.password],
    callerOf({ headers }) {
      const given = headers.get("authorization");
      if (given === null) return "guest";
      return sameText(given, `Basic ${basic}`) ? "known" : "refused";
    },
    broken: () => fault(500, "Server", "the OA is out of order"),
    answer({ path, body }, caller) {
      if (path !== oaPath) return fault(404, "Client", `the service is at ${oaPath}`);
      if (caller === "refused") return fault(401, "Client", "no such service account");
      const { operation, fields } = callIn(body);
      const answer = recordsAnswer(operation, documents, fields);
      return xml(200, `<oa:Answer><oa:Fields>${fieldsXml(answer)}</oa:Fields></oa:Answer>`);
    },
  });
}
