import { gatewaysOf, isWebSocketUrl } from "../drivers/aun/discovery.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check, Section } from "../engine/check.ts";
import { type Evidence, header, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf } from "../engine/granted.ts";
import { member, parseJson } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { conforms, judgeShape } from "../kinds/conforms.ts";
import { requireGranted } from "../kinds/control.ts";
import { everyUrl, tlsVersion } from "./discovery-gateways.ts";

const path = "/.well-known/aun-gateway";

/** The entries of the document, whatever they are. */
function entriesOf(body: unknown): readonly unknown[] {
  const gateways = member(body, "gateways");
  return Array.isArray(gateways) ? gateways : [];
}

/** The first entry of which `wrong` says something. */
const firstWrong = (wrong: (entry: unknown) => string | undefined) => (body: unknown) =>
  entriesOf(body)
    .map(wrong)
    .find((problem) => problem !== undefined);

/** Discovery for a host name: answered with gateways. */
function servedFor(row: {
  readonly id: string;
  readonly title: string;
  readonly level?: "should";
  readonly host: (world: AunWorld) => Promise<string> | string;
}): Check<AunWorld> {
  const { host, ...common } = row;
  return check<AunWorld>({
    ...common,
    requirement: "A5",
    async drive(world) {
      const control = await world.get(path);
      world.mark("control", control);
      world.mark("subject", await world.get(path, { host: await host(world) }));
    },
    judge(evidence) {
      const expected = "200 with gateways for this host name";
      const [subject] = marked(evidence, "subject");
      if (subject === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no request" });
      if (subject.response?.status === 200 && gatewaysOf(parseJson(subject.response.body)).length > 0) {
        return pass([subject]);
      }
      return violated({ reasonCode: "refused", expected, actual: answerOf(subject), exchanges: [subject] });
    },
  });
}

function judgeUnknownPath(evidence: Evidence): Finding {
  const expected = "404 for a path that does not exist";
  const [subject] = marked(evidence, "subject");
  if (subject === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no request" });
  const { response } = subject;
  const actual = answerOf(subject);
  if (response === null) return untested({ reasonCode: "no-answer", expected, actual, exchanges: [subject] });
  if (response.status >= 400) return pass([subject]);
  return violated({ reasonCode: "accepted", expected, actual, exchanges: [subject] });
}

/** That there is no document is a finding here, and no reason to look no further: clients have no other way in. */
function judgeDocument(evidence: Evidence): Finding {
  const expected = "200 with an AunGatewayList";
  const [subject] = marked(evidence, "subject");
  if (subject === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no request" });
  const { response } = subject;
  const answer = answerOf(subject);
  if (response === null) return untested({ reasonCode: "no-answer", expected, actual: answer, exchanges: [subject] });
  if (response.status !== 200) {
    return violated({ reasonCode: "refused", expected, actual: answer, exchanges: [subject] });
  }
  return judgeShape("AunGatewayList", parseJson(response.body), subject) ?? pass([subject]);
}

async function document(world: AunWorld): Promise<Reply> {
  return world.get(path);
}

/** Where the gateways of a domain are (A1 to A8). */
export const discovery: Section<AunWorld> = {
  id: "discovery",
  title: "Discovery",
  checks: [
    check<AunWorld>({
      id: "A1.gateways",
      requirement: "A1",
      title: "discovery answers 200 with a list of at least one gateway",
      async drive(world) {
        world.mark("subject", await document(world));
      },
      judge: judgeDocument,
    }),
    conforms<AunWorld>({
      id: "A2.content-type",
      requirement: "A2",
      title: "discovery is sent as application/json",
      subject: document,
      relations: [
        {
          reasonCode: "wrong-type",
          expected: "Content-Type: application/json",
          broken: (_body, _evidence, { response }) => {
            const type = header(response ?? { headers: [] }, "content-type") ?? "none";
            return /^application\/json\s*(;|$)/i.test(type) ? undefined : type;
          },
        },
      ],
    }),
    conforms<AunWorld>({
      id: "A3.url-scheme",
      requirement: "A3",
      title: "every advertised url is a WebSocket URL",
      subject: document,
      relations: [
        {
          reasonCode: "not-websocket",
          expected: "urls that begin with ws:// or wss://",
          broken: firstWrong((entry) => {
            const url = member(entry, "url");
            return typeof url === "string" && isWebSocketUrl(url) ? undefined : JSON.stringify(url ?? null);
          }),
        },
      ],
    }),
    conforms<AunWorld>({
      id: "A4.priority",
      requirement: "A4",
      title: "a priority is an integer, or left out",
      subject: document,
      relations: [
        {
          reasonCode: "schema",
          expected: "integers",
          broken: firstWrong((entry) => {
            const priority = member(entry, "priority");
            return priority === undefined || Number.isInteger(priority) ? undefined : JSON.stringify(priority);
          }),
        },
      ],
    }),
    servedFor({
      id: "A5.aid-host",
      title: "discovery is answered for the host name of an AID",
      host: async (world) => (await world.identity()).aid,
    }),
    servedFor({
      id: "A5.gateway-host",
      title: "discovery is answered for gateway.{issuer}, where public clients look",
      level: "should",
      host: ({ issuer }) => `gateway.${issuer}`,
    }),
    servedFor({
      id: "A5.issuer-host",
      title: "discovery is answered for {issuer}, where other gateways look",
      level: "should",
      host: ({ issuer }) => issuer,
    }),
    check<AunWorld>({
      id: "A5.unknown-path",
      requirement: "A5",
      level: "should",
      title: "a path beside it that does not exist is not answered",
      async drive(world) {
        const control = await world.get(path);
        world.mark("control", control);
        requireGranted(control, "control");
        world.mark("subject", await world.get("/.well-known/aun-nothing"));
      },
      judge: judgeUnknownPath,
    }),
    everyUrl,
    check<AunWorld>({
      id: "A7.health",
      requirement: "A7",
      title: "/health answers 200",
      async drive(world) {
        world.mark("subject", await world.get("/health"));
      },
      judge(evidence) {
        const expected = "200";
        const [subject] = marked(evidence, "subject");
        if (subject === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no request" });
        if (subject.response?.status === 200) return pass([subject]);
        return violated({ reasonCode: "refused", expected, actual: answerOf(subject), exchanges: [subject] });
      },
    }),
    tlsVersion,
  ],
};
