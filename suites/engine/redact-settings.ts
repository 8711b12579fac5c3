import type { Settings } from "../drivers/settings.ts";
import type { Json } from "./json.ts";
import type { Redactor } from "./redact.ts";

/** Members whose values are secrets whatever they look like. */
const secretMembers = /secret|password|token|^key$|private/i;
/** Members that hold secrets by name: configured headers, the fields of a log-in form. */
const secretTables = /^(headers|fields)$/;

/** The settings of a run as a bundle keeps them: everything that was configured, secrets as placeholders. */
export function redactSettings(settings: Settings, redactor: Redactor): Json {
  const redacted = (value: unknown, secret: boolean): Json => {
    if (typeof value === "string") {
      if (secret || value.includes("PRIVATE KEY")) return redactor.placeholder(value, "configured");
      return redactor.scrub(value);
    }
    if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => redacted(item, secret));
    if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return null;
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(
      members.map(([name, member]) => [name, redacted(member, secret || isSecretMember(name, member))]),
    );
  };
  return redacted(settings, false);
}

function isSecretMember(name: string, member: unknown): boolean {
  return secretTables.test(name) || (secretMembers.test(name) && typeof member !== "object");
}
