import { createHash, randomBytes } from "node:crypto";
import { isJsonObject, type JsonObject, own } from "../../ath/json.ts";
import { fault, foundBy, put } from "./gateway-fault.ts";

/** The trust roots with each root changed. */
function eachRoot(roots: JsonObject, change: (root: JsonObject) => JsonObject): JsonObject {
  const list = own(roots, "root_cas");
  return {
    ...roots,
    root_cas: (Array.isArray(list) ? list : []).map((root) => (isJsonObject(root) ? change(root) : root)),
  };
}

/** A self-consistent certificate text that is no root of ours, with its fingerprint. */
const foreignBytes = randomBytes(64);
const foreignRoot = {
  certificate: `-----BEGIN CERTIFICATE-----\n${foreignBytes.toString("base64")}\n-----END CERTIFICATE-----\n`,
  fingerprint_sha256: createHash("sha256").update(foreignBytes).digest("hex"),
};

/** meta.* */
export const metaFaults = [
  fault({
    id: "A106.no-timestamp",
    sentence: "meta.ping gives no timestamp.",
    rule: "meta.pong",
    wrong: () => () => ({ pong: true }),
    kills: foundBy("schema", "A106.pong"),
  }),
  fault({
    id: "A106.fraction",
    sentence: "The timestamp of meta.ping is not a whole number.",
    rule: "meta.pong",
    wrong:
      () =>
      ({ now }) => ({ pong: true, timestamp: Math.floor(now / 1000) + 0.5 }),
    kills: foundBy("schema", "A106.pong"),
  }),
  fault({
    id: "A106.echoes",
    sentence: "meta.ping gives back the timestamp that was sent.",
    rule: "meta.pong",
    wrong: (honest) => (input) => {
      const sent = own(input.params, "timestamp");
      return sent === undefined ? honest(input) : { pong: true, timestamp: sent };
    },
    kills: foundBy("echoed", "A106.not-echoed"),
  }),
  fault({
    id: "A106.params-required",
    sentence: "meta.ping without params is refused.",
    rule: "meta.pingAllowed",
    wrong:
      () =>
      ({ given }) =>
        given,
    kills: foundBy("refused", "A106.no-params"),
  }),
  fault({
    id: "A107.no-mode",
    sentence: "meta.status does not tell the mode.",
    rule: "meta.status",
    wrong: (honest) => (input) => put(honest(input), "mode", undefined),
    kills: foundBy("schema", "A107.status"),
  }),
  fault({
    id: "A107.aid-from-params",
    sentence: "meta.status tells the AID that the params name.",
    rule: "meta.status",
    wrong: (honest) => (input) => put(honest(input), "aid", own(input.params, "aid") ?? input.aid),
    kills: foundBy("wrong-aid", "A107.status"),
  }),
  fault({
    id: "A107.seconds",
    sentence: "connected_at is in seconds.",
    rule: "meta.status",
    wrong: (honest) => (input) => put(honest(input), "connected_at", Math.floor(input.connectedAt / 1000)),
    kills: foundBy("wrong-unit", "A107.status"),
  }),
  fault({
    id: "A108.no-version",
    sentence: "The trust roots have no version.",
    rule: "meta.trustRoots",
    wrong:
      () =>
      ({ roots }) =>
        put(roots, "version", undefined),
    kills: foundBy("schema", "A108.trust-roots"),
  }),
  fault({
    id: "A108.wrong-fingerprint",
    sentence: "The fingerprints of the trust roots are not those of their certificates.",
    rule: "meta.trustRoots",
    wrong:
      () =>
      ({ roots }) =>
        eachRoot(roots, (root) => ({ ...root, fingerprint_sha256: "00".repeat(32) })),
    kills: foundBy("wrong-fingerprint", "A108.fingerprint"),
  }),
  fault({
    id: "A108.other-root",
    sentence: "The trust roots are not those that the certificates lead to.",
    rule: "meta.trustRoots",
    wrong:
      () =>
      ({ roots }) =>
        eachRoot(roots, (root) => ({ ...root, ...foreignRoot })),
    kills: foundBy("not-the-root", "A108.usable"),
  }),
];
