import type { Reply } from "../reply.ts";
import type { ConsentOptions } from "../user.ts";

/** What the user is to decide. */
export interface ConsentAsk {
  readonly user: string;
  readonly grant: NonNullable<ConsentOptions["grant"]>;
  /** The scopes that the agent asked for, as far as they are known. */
  readonly scopes: readonly string[];
}

/** A request that a page of a browser makes next. */
export interface Navigation {
  readonly url: string;
  readonly method: "GET" | "POST";
  /** A urlencoded form. */
  readonly form?: string;
}

/** A page at which no redirect led on. */
export interface Page {
  readonly url: URL;
  readonly reply: Reply;
}

/**
 * How consent is given. The browser walks from the authorization_url on and asks the driver where it cannot go on by
 * itself; one driver object serves one walk.
 */
export interface ConsentDriver {
  /** Headers for the next request; this is how the kit's provider knows the kit's users. */
  headersFor?(url: URL): Readonly<Record<string, string>>;
  /**
   * Takes the whole walk over before the browser opens `start`, and gives the URL where some other browser ended;
   * undefined when that is not known.
   */
  replaceWalk?(start: URL): Promise<URL | undefined>;
  /** Takes over at the provider's authorization endpoint (or at a page) and gives the redirect back, if it knows it. */
  takeOver?(at: URL): Promise<TakenOver>;
  /** What to do at a page; undefined: the walk ends here. */
  next?(page: Page): Promise<Navigation | undefined>;
  /** Whether the user's decision has gone into some page; undefined: it goes elsewhere than into pages. */
  decided?(): boolean;
  /** Called when the walk is over. Throws when the decision could not be expressed. */
  finish?(): void;
}

/** `landed`: another browser already went through the callback and ended there. */
interface TakenOver {
  readonly redirect?: URL;
  readonly landed?: URL;
}
