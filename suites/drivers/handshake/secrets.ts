import { isObject } from "../../engine/json.ts";
import type { Recorder } from "../../engine/recorder.ts";
import type { SecretKind } from "../../engine/redact.ts";

/** Members of the handshake's messages that must not be written down; tokens are known by name to every profile. */
const secretMembers: Readonly<Record<string, SecretKind>> = { signature: "signature", credential: "credentials" };

/** Announces the secrets of a message, one level deep in user_authorization too. */
export function announceSecrets(message: unknown, recorder: Recorder): void {
  if (!isObject(message)) return;
  for (const [name, value] of Object.entries(message)) {
    const kind = Object.hasOwn(secretMembers, name) ? secretMembers[name] : undefined;
    if (kind !== undefined && typeof value === "string") recorder.secret(value, kind);
    if (name === "user_authorization") announceSecrets(value, recorder);
  }
}
