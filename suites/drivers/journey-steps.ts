import { answerOf } from "../engine/granted.ts";
import { notTested } from "../engine/stop.ts";
import { requireGranted } from "../kinds/control.ts";
import type { Reply } from "./reply.ts";
import type { Settings } from "./settings.ts";
import type { Journey } from "./user.ts";

/** Granted by its words, and yet without what an agent needs to go on. */
export function unreadable(reply: Reply, step: string): never {
  throw notTested("prerequisite-refused", `the answer to the step "${step}" lacks what an agent needs to go on`, {
    cause: "target",
    exchanges: [reply.exchange.id],
    mend: "see the exchange and the schema of this message",
  });
}

/** Ends the check as not-tested unless the browser came back from consent and the target took it. */
export function requireReturned(journey: Journey): void {
  const callback = journey.hops.find(({ exchange }) => exchange.purpose === "callback");
  if (callback !== undefined) requireGranted(callback, "callback");
  if (journey.returned) return;
  const at = journey.hops.at(-1);
  const where = URL.canParse(journey.finalUrl) ? new URL(journey.finalUrl).origin : "an address that is no URL";
  const status = at === undefined ? "nowhere" : `at ${where} after ${answerOf(at.exchange)}`;
  throw notTested("prerequisite-refused", `the browser never came back from consent: it ended ${status}`, {
    cause: "target",
    exchanges: journey.hops.map(({ exchange }) => exchange.id),
    mend: "see where the redirects lead; check the consent driver and the target's callback URL",
  });
}

/**
 * Ends the check as not-tested when the browser stayed on a page of consent. Only at its own provider the kit knows that
 * the user consented; elsewhere the page may be one that the kit cannot operate, which says nothing about the target.
 */
export function requireCompleted({ returned, hops }: Journey, { consent }: Settings): void {
  if (returned || consent.driver === "provider") return;
  const at = hops.at(-1);
  const where = at === undefined ? "nowhere" : `with ${answerOf(at.exchange)}`;
  throw notTested("consent-not-completed", `the browser did not come back from the consent pages: it ended ${where}`, {
    cause: "environment",
    exchanges: hops.map(({ exchange }) => exchange.id),
    mend: "see where the pages lead; check consent.form.fields, or use consent.driver: command",
  });
}
