import type { AuthorizeOptions, Session } from "../../drivers/agent.ts";
import type { Reply } from "../../drivers/reply.ts";
import type { Journey } from "../../drivers/user.ts";
import type { World } from "../../drivers/world.ts";
import { notApplicable, notTested } from "../../engine/stop.ts";

/** What an agent sends as code when it has none (position POS-2: the known agents send a placeholder). */
export const placeholderCode = "gateproof-placeholder";

/**
 * Ends the check for a native service whose own consent page led straight back to the agent: there is no provider that
 * asks and no callback that could be bent (position POS-17).
 */
function skipDirectConsent({ mode }: Pick<World, "mode">, { returned, last, hops }: Journey): void {
  if (mode !== "native" || !returned || last === undefined) return;
  throw notApplicable(
    "consent-of-its-own",
    "the service's own page leads straight back to the agent, past no callback",
    {
      exchanges: hops.map(({ exchange }) => exchange.id),
    },
  );
}

/** The URL of the target's callback that the browser was told to open; stops the check when it was not seen. */
export function callbackOf(world: Pick<World, "mode">, journey: Journey): URL {
  const { callbackUrl } = journey;
  if (callbackUrl === undefined) {
    skipDirectConsent(world, journey);
    throw notTested("callback-unseen", `the browser was never sent to the target's callback; it ended elsewhere`, {
      mend: "see where the redirects lead; the target's callback is GET /ath/callback",
    });
  }
  return new URL(callbackUrl);
}

/** The URL that asked the provider for consent; stops the check when it was not seen. */
export function providerUrlOf(world: Pick<World, "mode">, journey: Journey): string {
  const { providerUrl } = journey;
  if (providerUrl === undefined) {
    skipDirectConsent(world, journey);
    throw notTested("provider-unseen", "the browser was never seen at the provider's authorization endpoint", {
      mend: "use consent.driver: provider",
    });
  }
  return providerUrl;
}

/** The code that came with the redirect to the agent's own page; undefined when the browser did not get there. */
export function codeAtLanding({ redirectUri }: Session, journey: Journey): string | undefined {
  if (redirectUri === undefined || !sameAddress(journey.finalUrl, redirectUri)) return undefined;
  return new URL(journey.finalUrl).searchParams.get("code") ?? undefined;
}

/** Whether two URLs differ in query and fragment at most. */
export function sameAddress(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [a, b] = [new URL(one), new URL(other)];
  return a.origin === b.origin && a.pathname === b.pathname;
}

/** A handshake whose callback the kit opened by hand. */
export interface Completed {
  readonly session: Session;
  /** How the browser got as far as the callback. */
  readonly consent: Journey;
  /** The callback's URL as the target is to get it. */
  readonly callback: URL;
  /** The answer to the exchange. */
  readonly reply: Reply;
}

/** Authorization, consent, callback, exchange: the valid steps one by one, so that an attempt can bend one of them. */
export async function completeByHand(world: World, options: AuthorizeOptions = {}): Promise<Completed> {
  const { agent, user } = world;
  const session = await agent.session(options);
  const consent = await user.consentUntilCallback(session);
  const callback = callbackOf(world, consent);
  const landed = await user.open(callback.href);
  const code = codeAtLanding(session, landed) ?? consent.code ?? placeholderCode;
  return { session, consent, callback, reply: await agent.token(session, { code }) };
}

/**
 * Opens a bent callback and exchanges the session. The agent sends a code only if the browser brought one to its page: a
 * target whose callback completes nothing, and whose token endpoint redeems the code, must not be blamed for its design.
 */
export async function exchangeAfter(world: World, session: Session, callback: URL): Promise<Reply> {
  const landed = await world.user.open(callback.href);
  return world.agent.token(session, { code: codeAtLanding(session, landed) ?? placeholderCode });
}
