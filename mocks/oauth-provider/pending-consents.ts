import type { AuthorizationRequest } from "./authorization-request.ts";
import { unguessable } from "./store.ts";

/** A consent page that was shown and not answered yet. */
export interface PendingConsent {
  readonly request: AuthorizationRequest;
  /** The browser that it was shown to (its cookie). */
  readonly browser: string;
  readonly expiresAt: number;
}

const lifetimeMs = 10 * 60 * 1000;
/** A crawler that opens pages and never answers must not fill the memory. */
const capacity = 1_000;

export interface PendingConsents {
  /** Gives the form's token. */
  add(request: AuthorizationRequest, browser: string): string;
  find(csrf: string): PendingConsent | undefined;
  remove(csrf: string): void;
  clear(): void;
}

export function pendingConsents(now: () => number): PendingConsents {
  const pending = new Map<string, PendingConsent>();
  return {
    add(request, browser) {
      for (const [csrf, { expiresAt }] of pending) {
        if (pending.size < capacity && expiresAt > now()) break;
        pending.delete(csrf);
      }
      const csrf = unguessable();
      pending.set(csrf, { request, browser, expiresAt: now() + lifetimeMs });
      return csrf;
    },
    find(csrf) {
      const found = pending.get(csrf);
      return found !== undefined && now() < found.expiresAt ? found : undefined;
    },
    remove: (csrf) => pending.delete(csrf),
    clear: () => pending.clear(),
  };
}
