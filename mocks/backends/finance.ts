import { isJsonObject, type JsonObject } from "../ath/json.ts";
import { sameText } from "../ath/random.ts";
import type { Clock } from "../core/clock.ts";
import { errorResponse, jsonResponse } from "../core/json.ts";
import { type LegacyBackend, legacyBackend, recordsAnswer } from "./backend.ts";
import { readForm } from "./form.ts";

export interface FinanceOptions {
  readonly clock: Clock;
  /** Demanded in `X-API-Key`. */
  readonly apiKey: string;
}

const invoices = [
  { id: "inv-1", customer: "c-1", total: 1250.5, paid: true },
  { id: "inv-2", customer: "c-2", total: 80, paid: false },
];

function bodyFields(body: string): JsonObject | undefined {
  if (body === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The finance system: JSON and an API key. */
export function createFinanceBackend({ clock, apiKey }: FinanceOptions): LegacyBackend {
  return legacyBackend({
    name: "finance",
    clock,
    secrets: () => [apiKey],
    callerOf({ headers }) {
      const given = headers.get("x-api-key");
      if (given === null) return "guest";
      return sameText(given, apiKey) ? "known" : "refused";
    },
    broken: () => errorResponse(500, "OUT_OF_ORDER", "the finance system is out of order"),
    answer({ request, path, query, body }, caller) {
      if (caller === "refused") return errorResponse(401, "WRONG_API_KEY", "no such API key");
      const fields = bodyFields(body);
      if (fields === undefined) return errorResponse(400, "MALFORMED_JSON", "a JSON object is expected");
      return jsonResponse(recordsAnswer(`${request.method} ${path}`, invoices, { ...readForm(query), ...fields }));
    },
  });
}
