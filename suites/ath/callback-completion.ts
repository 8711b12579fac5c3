import type { Journey } from "../drivers/user.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { exchangesIn } from "./shared/arrivals.ts";
import {
  callbackOf,
  completeByHand,
  exchangeAfter,
  placeholderCode,
  providerUrlOf,
} from "./shared/callback-journey.ts";
import { unguessable } from "./shared/lookalike.ts";
import { withheld } from "./shared/withheld.ts";

/** A bent callback: what it does to the URL that the browser was sent to. */
const bentStates = [
  {
    variant: "unknown-state",
    title: "a callback with a state that nobody issued completes no session",
    bend: (callback: URL, world: World) => callback.searchParams.set("state", unguessable(world)),
  },
  {
    variant: "missing-state",
    title: "a callback without state completes no session",
    bend: (callback: URL) => callback.searchParams.delete("state"),
  },
] as const;

/** Drives the whole handshake by hand as the control. */
async function controlled(world: World): Promise<void> {
  const { reply } = await completeByHand(world);
  world.mark("control", reply);
  requireGranted(reply, "control");
}

/** Judges by the effect alone: whether the session could be exchanged. What the callback's page says is free. */
function judgeCompletion(evidence: Evidence): Finding {
  const [attempt] = marked(evidence, "attempt");
  const expected = "a session that the callback did not complete, so that its exchange is refused";
  if (attempt === undefined || !marked(evidence, "control").some(granted)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const details = { expected, actual: answerOf(attempt), exchanges: [attempt] };
  if (attempt.response === null) return untested({ reasonCode: "no-answer", ...details });
  if (attempt.response.status === 429) return untested({ reasonCode: "rate-limited", ...details });
  return granted(attempt) ? violated({ reasonCode: "completed", ...details }) : pass([attempt]);
}

export const callbackChecks: readonly Check[] = [
  ...bentStates.map(({ variant, title, bend }) =>
    check({
      id: `CB-1.${variant}`,
      requirement: "CB-1",
      title,
      async drive(world) {
        await controlled(world);
        const session = await world.agent.session();
        const callback = callbackOf(world, await world.user.consentUntilCallback(session));
        bend(callback, world);
        world.mark("attempt", await exchangeAfter(world, session, callback));
      },
      judge: judgeCompletion,
    }),
  ),
  check({
    id: "CB-1.used-state",
    requirement: "CB-1",
    title: "a callback is not processed a second time, not even with a new code",
    needs: ["kit-provider"],
    async drive(world) {
      const redemptions = () =>
        world.provider
          .tokenRequests()
          .filter(({ form }) => form["grant_type"] !== "refresh_token")
          .map(({ exchange }) => exchange);
      const replayed = async (consent: Journey) => {
        // The provider's page opened once more gives a fresh code for the same state.
        const again = await world.user.consentUntilCallback({ authorizationUrl: providerUrlOf(world, consent) });
        const before = redemptions().length;
        await world.user.open(callbackOf(world, again).href);
        return redemptions().slice(before);
      };
      const { reply, consent } = await completeByHand(world);
      world.mark("control", reply);
      requireGranted(reply, "control");
      const first = redemptions();
      const afterExchange = await replayed(consent);
      // The same before the exchange, when the session is still there to be taken over.
      const session = await world.agent.session();
      const open = await world.user.consentUntilCallback(session);
      await world.user.open(callbackOf(world, open).href);
      const beforeExchange = await replayed(open);
      world.fact("redemptions", first);
      world.fact("replayed", [...afterExchange, ...beforeExchange]);
    },
    judge(evidence) {
      const expected = "one token request to the provider for each authorization";
      if (!marked(evidence, "control").some(granted) || exchangesIn(evidence, "redemptions").length === 0) {
        return untested({
          reasonCode: "control-refused",
          expected,
          actual: "no completed callback is in the evidence",
        });
      }
      const replayed = exchangesIn(evidence, "replayed");
      if (replayed.length === 0) return pass(exchangesIn(evidence, "redemptions"));
      return violated({
        reasonCode: "completed",
        expected,
        actual: `${replayed.length} more token request(s) after the callback was opened again`,
        exchanges: replayed,
      });
    },
  }),
  withheld({
    id: "CB-2.denied",
    requirement: "CB-2",
    title: "after the user's no the exchange is refused as denied",
    control: ({ agent }) => agent.grant(),
    async attempt({ agent, user }) {
      const session = await agent.session();
      await user.consent(session, { grant: "deny" });
      return agent.token(session, { code: placeholderCode });
    },
    codes: ["USER_DENIED", "OAUTH_ERROR"],
  }),
  check({
    id: "CB-2.denied-then-code",
    requirement: "CB-2",
    title: "a session that the user denied cannot be completed afterwards",
    async drive(world) {
      await controlled(world);
      const session = await world.agent.session();
      const denied = await world.user.consentUntilCallback(session, { grant: "deny" });
      const refusal = callbackOf(world, denied);
      await world.user.open(refusal.href);
      const changedMind = await world.user.consentUntilCallback({ authorizationUrl: providerUrlOf(world, denied) });
      world.mark("attempt", await exchangeAfter(world, session, callbackOf(world, changedMind)));
    },
    judge: judgeCompletion,
  }),
];
