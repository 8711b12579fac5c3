import { notTested } from "../../engine/stop.ts";
import type { ConsentAsk, ConsentDriver } from "./consent-driver.ts";

export interface ManualConsentOptions {
  readonly ask: ConsentAsk;
  readonly timeoutMs: number;
  /** Resolves when the person's browser lands on a page of the kit. */
  readonly landing: (timeoutMs: number) => Promise<URL | undefined>;
  /** Tells the person what to do. */
  readonly tell: (text: string) => void;
}

/**
 * Consent by a person, who walks the whole way in a browser of their own: a target that binds the callback to the
 * browser that started (AUTHZ-12) would refuse any other.
 */
export function manualConsent({ ask, timeoutMs, landing, tell }: ManualConsentOptions): ConsentDriver {
  return {
    async replaceWalk(start) {
      const landed = landing(timeoutMs);
      const { user, grant, scopes } = ask;
      const decision =
        grant === "deny" ? "refuse" : `grant ${(grant === "asked" ? scopes : grant).join(", ") || "nothing"}`;
      tell(`As ${user}, open this page and ${decision}:\n  ${start.href}\n`);
      const url = await landed;
      if (url !== undefined) return url;
      throw notTested("consent-timeout", `nobody came back from the consent page within ${timeoutMs / 1000} s`, {
        cause: "environment",
        mend: "open the printed URL in time, or let a program do it: consent.driver: command",
      });
    },
  };
}
