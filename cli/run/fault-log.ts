import { isJsonObject } from "../../schemas/schema-type.ts";
import { createHttpClient } from "../../suites/drivers/http-client.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import type { Json } from "../../suites/engine/json.ts";

const mostBytes = 1024 * 1024;
const faultId = /^[\w.-]{1,100}$/;
const ruleName = /^[\w.-]{1,100}$/;
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/**
 * Which faults a reference mock in a process of its own has, and when each of them fired, by the hook `faults` (GET
 * /faults of its control API); undefined where no such hook is configured. Only what has the form of a fault's name, a
 * number or a time is taken, so that nothing of whatever else answers there gets into a bundle. Never throws: a log that
 * cannot be read says why.
 */
export async function readFaultLog({
  hooks,
  timeoutMs,
}: Settings): Promise<Readonly<Record<string, Json>> | undefined> {
  if (hooks.faults === undefined) return undefined;
  const { method, url, headers, body = "" } = hooks.faults;
  const client = createHttpClient({ timeoutMs: Math.min(timeoutMs, 5000), bodyLimit: mostBytes });
  try {
    const sent = { method, url, headers: Object.entries(headers), body: Buffer.from(body) };
    const { response, error } = await client.exchange(sent);
    const found = parsed(response?.body.toString("utf8") ?? "");
    if (response?.status === 200 && isJsonObject(found)) return faultLogIn(found);
    return { unreadable: error?.code ?? (response?.status === 200 ? "no JSON object" : `HTTP ${response?.status}`) };
  } finally {
    client.close();
  }
}

/** The log in the answer of a control API. */
export function faultLogIn(answer: Readonly<Record<string, unknown>>): Readonly<Record<string, Json>> {
  return {
    active: objectsIn(answer["active"]).flatMap(({ id, at }) =>
      isText(id, faultId) ? [{ id, ...(typeof at === "number" && { at }) }] : [],
    ),
    fired: objectsIn(answer["fired"]).flatMap(({ id, rule, count, times, last }) =>
      isText(id, faultId) && isText(rule, ruleName) && typeof count === "number"
        ? [{ id, rule, count, times: timesIn(times), ...(isText(last, time) && { last }) }]
        : [],
    ),
  };
}

function objectsIn(value: unknown) {
  return Array.isArray(value) ? value.filter(isJsonObject).slice(0, 1000) : [];
}

function timesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => isText(one, time)).slice(0, 1000) : [];
}

function isText(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
