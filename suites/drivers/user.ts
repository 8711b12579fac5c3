import type { Session } from "./agent.ts";
import type { Reply } from "./reply.ts";

/** What the user decides. */
export interface ConsentOptions {
  /** Scopes to grant; "asked": exactly what is asked; "deny": refuse. Default "asked". */
  readonly grant?: readonly string[] | "asked" | "deny";
}

/** Where a browser went, and where it ended. */
export interface Journey {
  /** Every hop in order. */
  readonly hops: readonly Reply[];
  /** The URL that reached the provider's authorization endpoint; undefined when it was never seen. */
  readonly providerUrl?: string;
  /** The URL of the target's callback that the browser was sent to (visited unless the walk stopped before it). */
  readonly callbackUrl?: string;
  /** The browser came back from consent: to the target's callback, or to a page of the kit. */
  readonly returned: boolean;
  /** The last URL. */
  readonly finalUrl: string;
  /** The page at the end; undefined when the walk stopped before the callback. */
  readonly last?: Reply;
  /** `code` of the landing redirect if it is there, otherwise of the callback URL. */
  readonly code?: string;
}

/** A person with a browser: a cookie jar, redirects followed by hand, consent given through the configured driver. */
export interface User {
  /** The user's name at the provider. */
  readonly name: string;
  /** From the authorization_url through consent to wherever the redirects end. */
  consent(session: Session | { readonly authorizationUrl: string }, options?: ConsentOptions): Promise<Journey>;
  /** The same, but the browser stops when it is told to go to the target's callback. */
  consentUntilCallback(
    session: Session | { readonly authorizationUrl: string },
    options?: ConsentOptions,
  ): Promise<Journey>;
  /** Opens a URL and follows redirects. */
  open(url: string): Promise<Journey>;
  /** The cookies that this browser holds for a URL, with their attributes. */
  cookies(
    url: string,
  ): readonly { readonly name: string; readonly httpOnly: boolean; readonly secure: boolean; readonly path: string }[];
}
