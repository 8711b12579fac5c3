import { fault, foundBy } from "./fault.ts";
import { readAsUrl, resolving } from "./wrong/targets.ts";

/** Ways out of the provider's API (PRX-8). */
export const proxyPathFaults = [
  fault({
    id: "PRX-8.dots-resolved",
    requirement: "PRX-8",
    sentence: "Dot segments of a path, encoded or not, are resolved behind the provider's base and lead out of it.",
    rule: "proxy.target",
    wrong: resolving(/\/(\.|%2e){1,2}(\/|$)/i, (path) => path),
    kills: foundBy("escaped", "PRX-8.dot-segments", "PRX-8.encoded-dots"),
  }),
  fault({
    id: "PRX-8.decoded-twice",
    requirement: "PRX-8",
    sentence: "A path is decoded once to be looked at and once more to be sent.",
    rule: "proxy.target",
    wrong: resolving(/%25/, (path) => decodeURIComponent(decodeURIComponent(path))),
    kills: foundBy("escaped", "PRX-8.twice-encoded-dots"),
  }),
  fault({
    id: "PRX-8.slash-decoded",
    requirement: "PRX-8",
    sentence: "Encoded slashes are decoded after the path was looked at, so that they hide dot segments.",
    rule: "proxy.target",
    wrong: resolving(/%2f/i, (path) => path.replaceAll(/%2f/gi, "/")),
    kills: foundBy("escaped", "PRX-8.encoded-slash"),
  }),
  fault({
    id: "PRX-8.backslash",
    requirement: "PRX-8",
    sentence: "Encoded backslashes are decoded, and the URL parser takes them for slashes.",
    rule: "proxy.target",
    wrong: resolving(/%5c/i, (path) => path.replaceAll(/%5c/gi, "\\")),
    kills: foundBy("escaped", "PRX-8.backslash"),
  }),
  fault({
    id: "PRX-8.url-resolved",
    requirement: "PRX-8",
    sentence: "The path is resolved as a reference against the provider's base, so that it may name another host.",
    rule: "proxy.target",
    wrong: readAsUrl(/^\/(\/|[a-z][a-z0-9+.-]*:\/\/)/i, (path, origin) =>
      path.startsWith("//") ? new URL(origin).protocol + path : path.slice(1),
    ),
    kills: foundBy("escaped", "PRX-8.double-slash", "PRX-8.absolute-url"),
  }),
  fault({
    id: "PRX-8.userinfo",
    requirement: "PRX-8",
    sentence: "The path is glued to the provider's origin without a slash, so that an @ makes the origin a user name.",
    rule: "proxy.target",
    wrong: readAsUrl(/^\/@/, (path, origin) => origin + path.slice(1)),
    kills: foundBy("escaped", "PRX-8.userinfo"),
  }),
];
