import { containedPath, splitBase } from "../../rules/forwarding.ts";
import type { ProxyRules, ProxyTarget } from "../../rules/proxy.ts";

type TargetRule = ProxyRules["proxy.target"];

/** The segments before the first one that means anything but a name; that is what scopes are then judged by. */
function readablePart(rawPath: string): string {
  const segments = rawPath.split("/").slice(1);
  const odd = segments.findIndex((_, at) => !containedPath(`/${segments.slice(0, at + 1).join("/")}`));
  return `/${segments.slice(0, odd === -1 ? segments.length : odd).join("/")}`;
}

/** A URL as the target of a call; undefined when it is none. */
function targetAt(url: string, operationPath?: string): ProxyTarget | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname, operationPath: operationPath ?? pathname };
}

/** A rule that puts paths of a certain look, rewritten, behind the API's base and lets the URL parser resolve them. */
export function resolving(look: RegExp, rewrite: (rawPath: string) => string): (honest: TargetRule) => TargetRule {
  return (honest) => (input) => {
    const { apiBase, rawPath } = input;
    if (!look.test(rawPath)) return honest(input);
    const { origin, path } = splitBase(apiBase);
    return targetAt(origin + path + rewrite(rawPath), readablePart(rawPath));
  };
}

/** A rule that takes paths of a certain look for URLs, made by `toUrl` with the origin of the API. */
export function readAsUrl(
  look: RegExp,
  toUrl: (rawPath: string, origin: string) => string,
): (honest: TargetRule) => TargetRule {
  return (honest) => (input) => {
    const { apiBase, rawPath } = input;
    return look.test(rawPath) ? targetAt(toUrl(rawPath, splitBase(apiBase).origin)) : honest(input);
  };
}
