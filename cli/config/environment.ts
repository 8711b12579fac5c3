import { isJsonObject } from "../../schemas/schema-type.ts";
import type { Problem } from "./problem.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** `$${` (an escaped `${`), or `${…}`. */
const reference = /\$\$\{|\$\{(?<inside>[^}]*)\}?/g;

/**
 * The value with every `${env:NAME}` in its strings replaced; `$${` stands for `${`. A secret gets into a configuration
 * this way only, so an unset or empty variable is a problem and never an empty secret.
 */
export function withEnvironment(
  value: unknown,
  env: Environment,
): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const fill = (part: unknown, path: readonly string[]): unknown => {
    if (typeof part === "string") return filled(part, path);
    if (Array.isArray(part)) return part.map((item, index) => fill(item, [...path, String(index)]));
    if (!isJsonObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, fill(member, [...path, key])]));
  };
  const filled = (text: string, path: readonly string[]) =>
    text.replaceAll(reference, (whole, inside: string | undefined) => {
      if (inside === undefined) return "${";
      const name = /^env:(?<name>[A-Za-z_]\w*)$/.exec(inside)?.groups?.["name"];
      if (name === undefined || !whole.endsWith("}")) {
        problems.push({
          path,
          problem: `has "${whole}", and only \${env:NAME} is replaced; write $\${ for a plain \${`,
        });
        return whole;
      }
      const found = Object.hasOwn(env, name) ? env[name] : undefined;
      if (found !== undefined && found !== "") return found;
      const state = found === undefined ? "not set" : "empty";
      problems.push({ path, problem: `needs the environment variable ${name}, which is ${state}` });
      return "";
    });
  return { value: fill(value, []), problems };
}
