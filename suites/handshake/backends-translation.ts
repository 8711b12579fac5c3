import type { SystemSettings } from "../drivers/handshake/settings.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, header, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { type Json, member, parseJson, strings } from "../engine/json.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { type BackendRequest, backendRequests, watchBackends } from "./shared/backend-arrivals.ts";
import { isXml, leavesOf } from "./shared/leaves.ts";
import { fullestOperation } from "./shared/operations.ts";

type Format = SystemSettings["format"];

/** Text that a careless translation would break out of, cut off or mangle. */
const special = `<&>"' ]]> é 漢 😀 a=b&c=%41+;#`;

/** Calls a system with these fields and tells what was sent, what its backend got and what came back (fact `calls`). */
async function translate(
  world: HandshakeWorld,
  system: SystemSettings,
  fields: SystemSettings["sample"],
): Promise<Json> {
  const { agent } = world;
  const connection = await agent.connected({ scopes: Object.keys(system.scopes) });
  const operation = fullestOperation(system, connection.scopes) ?? "";
  const bodied = /^(POST|PUT|PATCH) /.test(operation);
  const texts = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  const { result, arrived = [] } = await watchBackends(world, (mark) =>
    agent.call(
      connection,
      bodied ? { operation, body: fields, query: { ...mark } } : { operation, query: { ...texts, ...mark } },
    ),
  );
  world.mark("subject", result);
  const [request] = backendRequests(arrived);
  const [, query = ""] = (request?.path ?? "").split("?", 2);
  return {
    format: system.format,
    sent: Object.values(texts),
    arrived: arrived.slice(0, 1),
    // The parser for XML is loaded where a call is driven, and only there.
    read: await leavesOf(request?.body ?? "", query),
  };
}

/** What a backend of each kind understands. */
const understands: Readonly<Record<Format, (request: BackendRequest) => boolean>> = {
  soap: ({ headers, body }) => /xml/.test(headers["content-type"] ?? "") && isXml(body) && /Envelope/.test(body),
  form: ({ headers, body, path }) =>
    body === "" ? path.includes("?") : /x-www-form-urlencoded/.test(headers["content-type"] ?? "") && !isJson(body),
  json: ({ headers, body, path }) =>
    body === "" ? path.includes("?") : /json/.test(headers["content-type"] ?? "") && isJson(body),
};

const isJson = (body: string) => parseJson(body) !== undefined;

const formats: Readonly<Record<Format, string>> = {
  soap: "a SOAP envelope as XML",
  form: "form fields (application/x-www-form-urlencoded)",
  json: "JSON",
};

function judgeTranslations(evidence: Evidence): Finding {
  const subjects = marked(evidence, "subject");
  const { calls } = evidence.facts;
  const expected = "each call in the backend's own form with all its data, and the answer as JSON";
  if (!Array.isArray(calls) || calls.length === 0) {
    return untested({ reasonCode: "nothing-recorded", expected, actual: "no call is in the evidence" });
  }
  const findings = calls.map((call, index) => judgeTranslation(call, subjects[index]));
  return findings.find(({ outcome }) => outcome !== "pass") ?? pass(subjects);
}

function judgeTranslation(call: Json, subject: Evidence["exchanges"][number] | undefined): Finding {
  const format = formatIn(call);
  const [request] = backendRequests(arrivedIn(call));
  const exchanges = subject === undefined ? [] : [subject];
  const expected = `the backend gets ${formats[format]}, the agent gets JSON`;
  if (request === undefined || subject === undefined) {
    const actual = `the call is not in the backends' log: ${subject === undefined ? "none was made" : answerOf(subject)}`;
    return untested({ reasonCode: "nothing-arrived", expected, actual, exchanges });
  }
  const wrong = (reasonCode: string, actual: string) => violated({ reasonCode, expected, actual, exchanges });
  const type = request.headers["content-type"] ?? "none";
  if (!understands[format](request))
    return wrong("not-translated", `the backend got ${type}: ${request.body.slice(0, 80)}`);
  if (!granted(subject)) {
    return untested({ reasonCode: "request-refused", expected, actual: answerOf(subject), exchanges, cause: "target" });
  }
  const { response } = subject;
  const answer = parseJson(response?.body);
  const answerType = response === null ? undefined : header(response, "content-type");
  if (answer === undefined || !/json/.test(answerType ?? "")) {
    return wrong("not-translated", `the agent got ${answerType ?? "no Content-Type"}`);
  }
  const texts = (name: string) => strings(member(call, name)) ?? [];
  const lost = texts("sent").filter((sent) => !texts("read").includes(sent));
  return lost.length === 0 ? pass([subject]) : wrong("lost-data", `the backend did not get: ${lost.join(" | ")}`);
}

function formatIn(call: Json): Format {
  const format = member(call, "format");
  return format === "soap" || format === "form" ? format : "json";
}

function arrivedIn(call: Json): Json {
  return typeof call === "object" && call !== null && "arrived" in call ? call.arrived : [];
}

const row = { requirement: "GW-3", needs: ["system-operations", "backend-log"], judge: judgeTranslations } as const;

/** Between the agent's JSON and what a backend speaks (GW-3). */
export const translationChecks: readonly Check<HandshakeWorld>[] = [
  ...(["soap", "form", "json"] as const).map((format) =>
    check<HandshakeWorld>({
      ...row,
      id: `GW-3.${format}`,
      title: `a backend that speaks ${format} gets the agent's call as ${formats[format]}`,
      async drive(world) {
        const system = world.handshake.systems.find((one) => one.format === format);
        if (system === undefined) throw notApplicable("no-such-backend", `no configured system speaks ${format}`);
        world.fact("calls", [await translate(world, system, system.sample)]);
      },
    }),
  ),
  check<HandshakeWorld>({
    ...row,
    id: "GW-3.special-characters",
    title: "characters that mean something in the backend's form arrive as data",
    async drive(world) {
      const calls: Json[] = [];
      for (const system of world.handshake.systems) {
        const texts = Object.entries(system.sample).filter(([, value]) => typeof value === "string");
        const [name] = texts[0] ?? [];
        if (name !== undefined) calls.push(await translate(world, system, { ...system.sample, [name]: special }));
      }
      if (calls.length === 0) throw notApplicable("no-text-fields", "no system's sample holds a text");
      world.fact("calls", calls);
    },
  }),
];
