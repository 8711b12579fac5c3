import type { World } from "../drivers/world.ts";
import type { Check, Section } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { member, parseJson, text } from "../engine/json.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { factText } from "./shared/facts.ts";
import { isLoopback, sameHost } from "./shared/loopback.ts";
import { fetchDocument, registrationEndpointIn } from "./shared/published-document.ts";
import { probeTls } from "./shared/tls-probe.ts";

const oldVersions = [
  { variant: "tls10", name: "TLS 1.0", version: "TLSv1" },
  { variant: "tls11", name: "TLS 1.1", version: "TLSv1.1" },
] as const;

/** Ends the check for a target on plain http at a loopback address, which no network can listen to. */
function skipLoopbackHttp({ base }: World): void {
  const url = new URL(base);
  if (url.protocol === "http:" && isLoopback(url)) {
    throw notApplicable("plain-http-loopback", "the target is on plain http at a loopback address");
  }
}

/** The addresses that answers of the target send agents and users to. */
function handedOut({ response }: Exchange): readonly URL[] {
  const body = parseJson(response?.body);
  return [text(body, "authorization_url"), text(body, "api_base"), registrationEndpointIn(body)].flatMap((url) =>
    url !== undefined && URL.canParse(url) ? [new URL(url)] : [],
  );
}

function judgeHandshakes(evidence: Evidence, name: string): Finding {
  const expected = `a handshake with ${name} fails, one with TLS 1.2 or newer succeeds`;
  const { before, attempt, after } = evidence.facts;
  const error = text(attempt, "error") ?? "no outcome was recorded";
  if (member(before, "established") !== true) {
    const actual = `no TLS connection at all (${text(before, "error") ?? "no outcome was recorded"})`;
    return untested({ reasonCode: "control-refused", expected, actual });
  }
  if (member(attempt, "established") === true) {
    return violated({ reasonCode: "accepted", expected, actual: `a connection with ${text(attempt, "protocol")}` });
  }
  if (member(attempt, "offered") !== true) {
    return untested({
      reasonCode: "tls-version-unavailable",
      expected: `this machine's TLS library can offer ${name}`,
      actual: error,
      cause: "environment",
    });
  }
  if (member(after, "established") !== true) {
    const actual = `${error}; afterwards no connection with TLS 1.2 either`;
    return untested({ reasonCode: "connection-lost", expected, actual, cause: "environment" });
  }
  return pass([], [`${name}: ${error}`]);
}

function oldVersionCheck({ variant, name, version }: (typeof oldVersions)[number]): Check {
  return check({
    id: `TLS-1.${variant}`,
    requirement: "TLS-1",
    title: `a connection with ${name} is refused`,
    async drive(world) {
      skipLoopbackHttp(world);
      const { base: url, settings } = world;
      if (!url.startsWith("https:")) throw notApplicable("plain-http", "the target speaks no TLS at all");
      const { timeoutMs } = settings;
      const modern = { url, timeoutMs, minVersion: "TLSv1.2", maxVersion: "TLSv1.3" } as const;
      world.fact("before", await probeTls(modern));
      world.fact("attempt", await probeTls({ url, timeoutMs, minVersion: version, maxVersion: version }));
      world.fact("after", await probeTls(modern));
    },
    judge: (evidence) => judgeHandshakes(evidence, name),
  });
}

/** What the wire is protected with (TLS-1). */
export const transport: Section = {
  id: "transport",
  title: "Transport",
  checks: [
    check({
      id: "TLS-1.https",
      requirement: "TLS-1",
      title: "the target is on https and sends nobody to plain http",
      async drive(world) {
        skipLoopbackHttp(world);
        world.fact("base", world.base);
        if (!world.base.startsWith("https:")) return;
        world.mark("subject", await fetchDocument(world));
        const { reply } = await world.agent.session();
        world.mark("subject", reply);
      },
      judge(evidence) {
        const expected = "https for the target and for every address that it hands out";
        const base = factText(evidence, "base");
        if (base === undefined || !URL.canParse(base)) {
          return untested({ reasonCode: "nothing-recorded", expected, actual: "no target is in the evidence" });
        }
        const target = new URL(base);
        if (target.protocol !== "https:") {
          return violated({ reasonCode: "plain-http", expected, actual: `the target is ${target.origin}` });
        }
        const subjects = marked(evidence, "subject");
        if (!subjects.some((exchange) => exchange.purpose === "authorize" && granted(exchange))) {
          return untested({ reasonCode: "request-refused", expected, actual: "no authorization was started" });
        }
        for (const exchange of subjects) {
          // Another server on this machine (a provider under test) is not reached over a network either.
          const plain = handedOut(exchange).find(
            (url) => url.protocol === "http:" && (!isLoopback(url) || sameHost(url, target)),
          );
          if (plain !== undefined) {
            const actual = `${plain.origin}${plain.pathname}`;
            return violated({ reasonCode: "plain-http", expected, actual, exchanges: [exchange] });
          }
        }
        return pass(subjects);
      },
    }),
    ...oldVersions.map(oldVersionCheck),
  ],
};
