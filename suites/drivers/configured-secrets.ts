import type { Redactor } from "../engine/redact.ts";
import type { Settings } from "./settings.ts";

/** Headers whose values are ordinary words of the protocol; scrubbing those words would make evidence unreadable. */
const plainHeaders = /^(accept|accept-.*|content-type|user-agent|cache-control|origin|referer)$/i;
/** Shorter values are hidden where they stand (redactHeaders), and not wherever the same letters occur. */
const shortest = 10;

/** Makes the secrets of the configuration known to the run's redactor. */
export function announceConfiguredSecrets({ target, hooks, handshake, consent }: Settings, redactor: Redactor): void {
  const called = [hooks.clock, hooks.audit, hooks.faults, hooks.pairingCode, ...Object.values(handshake?.hooks ?? {})];
  const headers = [target.headers, ...called.map((hook) => hook?.headers ?? {})];
  for (const [name, value] of headers.flatMap((one) => Object.entries(one))) {
    if (plainHeaders.test(name)) continue;
    for (const part of [value, ...value.split(/[\s;,]+|(?<=^[^=;\s]+)=/)]) {
      if (part.length >= shortest) redactor.secret(part, "configured");
    }
  }
  if (consent.driver === "provider") redactor.secret(consent.clientSecret, "provider-client-secret");
  if (consent.driver === "form") {
    for (const [name, value] of Object.entries(consent.fields)) {
      if (/pass|secret|pin|otp/i.test(name) || value.length >= shortest) redactor.secret(value, "credentials");
    }
  }
}

/** Lower-case names of the headers whose values the recorder hides where they stand. */
export function configuredHeaders({ target }: Settings): ReadonlySet<string> {
  const names = Object.keys(target.headers).filter((name) => !plainHeaders.test(name));
  return new Set(names.map((name) => name.toLowerCase()));
}
