import type { AuthorizeOptions, Session } from "../drivers/agent.ts";
import { requireCompleted } from "../drivers/journey-steps.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { ambiguous, type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf } from "../engine/granted.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { sameAddress } from "./shared/callback-journey.ts";
import { unguessable } from "./shared/lookalike.ts";

/** Consents as a user does and tells the judge where the browser ended and what it should have brought along. */
async function land(world: World, session: Session): Promise<void> {
  const { redirectUri } = session;
  if (redirectUri === undefined) {
    throw notTested("no-redirect-uri", "the authorization was started without user_redirect_uri", { cause: "kit" });
  }
  const journey = await world.user.consent(session);
  requireCompleted(journey, world.settings);
  const { finalUrl, last } = journey;
  world.mark("authorized", session.reply);
  if (last !== undefined) world.mark("subject", last);
  world.fact("redirectUri", redirectUri);
  world.fact("state", session.state);
  world.fact("finalUrl", finalUrl);
}

interface Landing {
  readonly redirectUri: string;
  readonly state: string;
  readonly finalUrl: string;
  readonly returned: URLSearchParams;
}

function landingOf({ facts }: Evidence): Landing | undefined {
  const [redirectUri, state, finalUrl] = [facts["redirectUri"], facts["state"], facts["finalUrl"]];
  if (typeof redirectUri !== "string" || typeof state !== "string" || typeof finalUrl !== "string") return undefined;
  const returned = URL.canParse(finalUrl) ? new URL(finalUrl).searchParams : new URLSearchParams();
  return { redirectUri, state, finalUrl, returned };
}

/** The finding when the browser did not get to user_redirect_uri; undefined when it did. */
function judgeArrival(evidence: Evidence, landing: Landing): Finding | undefined {
  const { redirectUri, finalUrl } = landing;
  if (sameAddress(finalUrl, redirectUri)) return undefined;
  const [last] = marked(evidence, "subject");
  const details = {
    reasonCode: "not-redirected",
    expected: `the browser ends at ${redirectUri}`,
    actual: `it ended at ${finalUrl}${last === undefined ? "" : ` with ${answerOf(last)}`}`,
    exchanges: last === undefined ? [] : [last],
  };
  // A page of the target's own that goes on by script or by a link leads a person there, but not the kit's browser.
  const leadsOn = last?.response?.body?.includes(redirectUri.split("?")[0] ?? redirectUri) ?? false;
  return leadsOn && last?.response?.status === 200 ? ambiguous(details) : violated(details);
}

function judgeState(evidence: Evidence): Finding {
  const landing = landingOf(evidence);
  if (landing === undefined) return nothingToJudge;
  const elsewhere = judgeArrival(evidence, landing);
  if (elsewhere !== undefined) return elsewhere;
  const { state } = landing;
  const returned = landing.returned.get("state");
  const exchanges = marked(evidence, "subject");
  if (returned === state) return pass(exchanges);
  const details = {
    reasonCode: "state-changed",
    expected: `state=${JSON.stringify(state)}`,
    actual: returned === null ? "no state" : `state=${JSON.stringify(returned)}`,
    exchanges,
  };
  const ascii = (value: string) => value.replaceAll(/[^\x20-\x7e]/g, "");
  // RFC 6749 Appendix A.5 makes a state of printable ASCII; ATH 0.1 calls it a string.
  const beyondAscii = returned !== null && ascii(state) !== state && ascii(returned) === ascii(state);
  return beyondAscii ? ambiguous(details) : violated(details);
}

const nothingToJudge = untested({
  reasonCode: "nothing-recorded",
  expected: "a handshake whose browser came back",
  actual: "none is in the evidence",
});

/** 128 bits as the text asks, then everything that a careless URL builder mangles. */
const awkward = "+/=&%25 #?;";

export const landingChecks: readonly Check[] = [
  check({
    id: "CB-3.state-returned",
    requirement: "CB-3",
    title: "after consent the browser lands on user_redirect_uri with the agent's state",
    drive: async (world) => land(world, await world.agent.session()),
    judge: judgeState,
  }),
  check({
    id: "CB-3.state-verbatim",
    requirement: "CB-3",
    title: "a state full of reserved characters comes back unchanged",
    async drive(world) {
      const random = unguessable(world);
      const beyond: AuthorizeOptions = { state: `${random}${awkward}ü` };
      const reply = await world.agent.authorize(beyond);
      const session = world.agent.readSession(reply, beyond);
      await land(world, session ?? (await world.agent.session({ state: `${random}${awkward}` })));
    },
    judge: judgeState,
  }),
  check({
    id: "CB-3.long-state",
    requirement: "CB-3",
    title: "a state of 300 characters comes back whole",
    async drive(world) {
      const state = Array.from({ length: 10 }, () => unguessable(world))
        .join("")
        .slice(0, 300);
      await land(world, await world.agent.session({ state }));
    },
    judge: judgeState,
  }),
  check({
    id: "CB-3.one-of-several",
    requirement: "CB-3",
    title: "of several registered redirect URIs the browser lands on the one that was asked for",
    async drive(world) {
      const { agent } = world;
      const others = ["first", "last"].map((name) => `${agent.landingUri}/${name}`);
      await agent.registered({ redirectUris: [others[0] ?? "", agent.landingUri, others[1] ?? ""] });
      await land(world, await agent.session({ redirectUri: agent.landingUri }));
    },
    judge: judgeState,
  }),
  check({
    id: "CB-3.redirect-with-query",
    requirement: "CB-3",
    title: "a registered redirect URI with a query of its own keeps it",
    async drive(world) {
      const redirectUri = new URL(world.agent.landingUri);
      redirectUri.searchParams.append("tenant", "a b&c");
      redirectUri.searchParams.append("view", "2");
      await world.agent.registered({ redirectUris: [redirectUri.href] });
      await land(world, await world.agent.session({ redirectUri: redirectUri.href }));
    },
    judge(evidence) {
      const landing = landingOf(evidence);
      if (landing === undefined) return nothingToJudge;
      const elsewhere = judgeArrival(evidence, landing);
      if (elsewhere !== undefined) return elsewhere;
      const exchanges = marked(evidence, "subject");
      const due = [...new URL(landing.redirectUri).searchParams, ["state", landing.state] as const];
      const missing = due.filter(([name, value]) => !landing.returned.getAll(name).includes(value));
      if (missing.length === 0) return pass(exchanges);
      return violated({
        reasonCode: "redirect-broken",
        expected: "the query of the redirect URI, and behind it the parameters of the answer",
        actual: `${missing.map(([name]) => name).join(", ")} missing or changed in ${landing.finalUrl}`,
        exchanges,
      });
    },
  }),
];
