import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Section } from "../engine/check.ts";
import { type Exchange, marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { text } from "../engine/json.ts";
import { notApplicable, notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { conforms } from "../kinds/conforms.ts";
import { requireGranted } from "../kinds/control.ts";
import { sameOrigin } from "./shared/loopback.ts";

/** Answers that say that there is no such page. */
const absent = [404, 405, 410, 501];

/** Gets the directory; publishing one is optional (DISC-1 is a MAY), so its absence ends the check. */
async function directory(world: World): Promise<Reply> {
  const reply = await world.send({ purpose: "discovery", method: "GET", path: "/.well-known/ath.json" });
  if (!absent.includes(reply.status)) return reply;
  throw notApplicable("feature-absent", "the target publishes no directory at /.well-known/ath.json", {
    exchanges: [reply.exchange.id],
  });
}

/** The directory, and the registration endpoint that it advertises; a directory without one is DISC-1's business. */
async function advertised(world: World): Promise<{ readonly reply: Reply; readonly endpoint: string }> {
  const reply = await directory(world);
  requireGranted(reply, "discovery");
  const endpoint = text(reply.json, "agent_registration_endpoint");
  if (endpoint === undefined) {
    throw notTested("endpoint-missing", "the directory names no agent_registration_endpoint", {
      cause: "target",
      exchanges: [reply.exchange.id],
    });
  }
  return { reply, endpoint };
}

/** The advertised endpoint as a path below the target's base URL, where the kit sends its requests. */
function pathAtTarget({ base }: World, endpoint: string): string {
  const target = new URL(`${base}/`);
  if (!URL.canParse(endpoint, target.href)) {
    throw notTested("endpoint-unreadable", "the advertised registration endpoint is no URL", { cause: "target" });
  }
  const url = new URL(endpoint, target);
  const { pathname, search } = url;
  const prefix = target.pathname.replace(/\/$/, "");
  if (!sameOrigin(url, target) || !pathname.startsWith(`${prefix}/`)) {
    throw notTested("other-address", "the advertised registration endpoint is not below the target's URL", {
      cause: "configuration",
      mend: "run the kit against the public URL that the target advertises",
    });
  }
  return `${pathname.slice(prefix.length)}${search}`;
}

/** A valid registration sent to any path of the target. */
async function registerAt(world: World, path: string): Promise<Reply> {
  const agent = world.newAgent();
  const { id, landingUri } = agent;
  const body = {
    agent_id: id,
    agent_attestation: await agent.attestation(),
    developer: agent.identity.document()["developer"],
    requested_providers: world.settings.providers.slice(0, 1).map((provider) => ({
      provider_id: provider.id,
      scopes: provider.scopes,
    })),
    purpose: "Conformance test",
    redirect_uris: [landingUri],
  };
  const headers = { "content-type": "application/json" };
  return world.send({ purpose: "register", method: "POST", path, headers, body: JSON.stringify(body) });
}

function isForeign(endpoint: string, { request }: Exchange): boolean {
  if (!URL.canParse(endpoint)) return true;
  const url = new URL(endpoint);
  return url.protocol !== "https:" && !sameOrigin(url, new URL(request.url));
}

/** The directory of a gateway (DISC-1, DISC-3). */
export const discovery: Section = {
  id: "discovery",
  title: "Discovery",
  checks: [
    conforms({
      id: "DISC-1.shape",
      requirement: "DISC-1",
      title: "the directory has the shape of a DiscoveryDocument",
      subject: directory,
      shape: "DiscoveryDocument",
    }),
    conforms({
      id: "DISC-1.version",
      requirement: "DISC-1",
      title: 'the directory says that it is written for version "0.1"',
      subject: directory,
      relations: [
        {
          reasonCode: "wrong-version",
          expected: 'ath_version is "0.1"',
          broken: (body) => {
            const version = text(body, "ath_version");
            return version === "0.1" ? undefined : `ath_version is ${JSON.stringify(version ?? null)}`;
          },
        },
      ],
    }),
    check({
      id: "DISC-3.endpoint-works",
      requirement: "DISC-3",
      title: "an agent can register at the advertised endpoint",
      async drive(world) {
        const { endpoint } = await advertised(world);
        const attempt = await registerAt(world, pathAtTarget(world, endpoint));
        world.mark("attempt", attempt);
        // When it is refused, the known path tells whether it is the address that is wrong.
        if (!attempt.granted) world.mark("control", await registerAt(world, "/ath/agents/register"));
      },
      judge(evidence) {
        const [attempt] = marked(evidence, "attempt");
        const expected = "a registration sent to agent_registration_endpoint is granted";
        if (attempt === undefined) {
          return untested({ reasonCode: "nothing-recorded", expected, actual: "no registration is in the evidence" });
        }
        if (granted(attempt)) return pass([attempt]);
        const control = marked(evidence, "control");
        const details = { expected, exchanges: [attempt, ...control] };
        if (attempt.response?.status === 429 || !control.some(granted)) {
          return untested({ reasonCode: "control-refused", ...details, actual: answerOf(attempt) });
        }
        const actual = `${answerOf(attempt)}, and /ath/agents/register grants it`;
        return violated({ reasonCode: "endpoint-broken", ...details, actual });
      },
    }),
    conforms({
      id: "DISC-3.endpoint-origin",
      requirement: "DISC-3",
      title: "the advertised endpoint is an absolute URL on the same origin, or on https",
      subject: async (world) => (await advertised(world)).reply,
      relations: [
        {
          reasonCode: "foreign-origin",
          expected: "an absolute URL on the target's origin, or on https",
          broken: (body, _evidence, subject) => {
            const endpoint = text(body, "agent_registration_endpoint") ?? "";
            return isForeign(endpoint, subject) ? JSON.stringify(endpoint) : undefined;
          },
        },
      ],
    }),
  ],
};
