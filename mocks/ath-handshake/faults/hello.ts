import { createHash } from "node:crypto";
import { fault, foundBy } from "./fault.ts";

/** A nonce that looks random and comes from a number. */
function drawn(number: number): string {
  return createHash("sha256").update(`nonce ${number}`).digest("base64url");
}

/** Every version the gateway has is above nothing. */
const anyOf = (versions: readonly string[]) => versions[0];

/** Steps 1 and 2 (HS-1 to HS-4). */
export const helloFaults = [
  fault({
    id: "HS-1.signs-own-nonce",
    requirement: "HS-1",
    sentence: "The gateway signs its own nonce instead of the agent's, which any replay shows as well.",
    rule: "hello.signedText",
    wrong:
      () =>
      ({ nonceB }) =>
        nonceB,
    kills: foundBy("signature-invalid", "HS-1.signature", "HS-1.signature-eddsa"),
  }),
  fault({
    id: "HS-1.signs-with-other-key",
    requirement: "HS-1",
    sentence: "The gateway announces one key and signs with another.",
    rule: "hello.signingKey",
    wrong:
      () =>
      ({ fresh }) =>
        fresh(),
    kills: foundBy("signature-invalid", "HS-1.signature", "HS-1.signature-eddsa"),
  }),
  fault({
    id: "HS-1.key-per-handshake",
    requirement: "HS-1",
    sentence: "The gateway makes up another key for each handshake, so that its identity means nothing.",
    rule: "hello.serverKeys",
    wrong:
      () =>
      ({ fresh }) =>
        fresh(),
    kills: foundBy("identity-changes", "HS-1.key-steady"),
  }),
  fault({
    id: "HS-2.nonce-repeats",
    requirement: "HS-2",
    sentence: "The gateway's nonces come from a pool of eight.",
    rule: "hello.nonce",
    wrong:
      () =>
      ({ count }) =>
        drawn(count % 8),
    kills: foundBy("repeated", "HS-2.unique"),
  }),
  fault({
    id: "HS-2.nonce-sequential",
    requirement: "HS-2",
    sentence: "The gateway's nonces are a number that counts up.",
    rule: "hello.nonce",
    wrong:
      () =>
      ({ count }) =>
        `nonce-${String(1_000_000 + count)}`,
    kills: foundBy("guessable", "HS-2.unguessable"),
  }),
  fault({
    id: "HS-2.nonce-echoes",
    requirement: "HS-2",
    sentence: "The gateway's nonce is the agent's.",
    rule: "hello.nonce",
    wrong:
      () =>
      ({ nonceA }) =>
        nonceA,
    kills: foundBy("echoed", "HS-2.echo"),
  }),
  fault({
    id: "HS-3.lowest-version",
    requirement: "HS-3",
    sentence: "The lowest common version is chosen.",
    rule: "hello.version",
    wrong: (honest) => (input) => {
      const highest = honest(input);
      const [lowest] = input.supported.filter((version) => input.offered.includes(version));
      return highest === undefined ? undefined : lowest;
    },
    kills: foundBy("wrong-version", "HS-3.highest"),
  }),
  fault({
    id: "HS-3.first-offered",
    requirement: "HS-3",
    sentence: "The first offered version that the gateway speaks is chosen, however low.",
    rule: "hello.version",
    wrong:
      () =>
      ({ offered, supported }) =>
        offered.find((version) => supported.includes(version)),
    kills: foundBy("wrong-version", "HS-3.highest"),
  }),
  fault({
    id: "HS-3.any-version",
    requirement: "HS-3",
    sentence: "An offer without a common version is taken as one for the gateway's own.",
    rule: "hello.version",
    wrong: (honest) => (input) => honest(input) ?? anyOf(input.supported),
    kills: foundBy("accepted", "HS-3.none-common", "HS-3.empty-versions"),
  }),
  fault({
    id: "HS-3.same-major",
    requirement: "HS-3",
    sentence: "An offer of any version 0 is taken as one for the gateway's own.",
    rule: "hello.version",
    wrong: (honest) => (input) =>
      honest(input) ?? (input.offered.some((version) => version.startsWith("0.")) ? input.supported.at(-1) : undefined),
    kills: foundBy("accepted", "HS-3.none-common"),
  }),
  fault({
    id: "HS-3.session-made-on-refusal",
    requirement: "HS-3",
    sentence: "A refusal for want of a common version opens a handshake all the same.",
    rule: "hello.versionRefusal",
    wrong:
      () =>
      ({ open }) =>
        open(),
    kills: foundBy("session-made", "HS-3.no-session"),
  }),
  fault({
    id: "HS-4.announces-all",
    requirement: "HS-4",
    sentence: "The gateway announces all it can, whatever the agent offers.",
    rule: "hello.capabilities",
    wrong:
      () =>
      ({ supported }) =>
        supported,
    kills: foundBy("not-offered", "HS-4.subset"),
  }),
  fault({
    id: "HS-4.algorithm-unchecked",
    requirement: "HS-4",
    sentence: "An agent that offers no signature algorithm of the gateway's is taken to know ES256.",
    rule: "hello.algorithm",
    wrong: (honest) => (input) => honest(input) ?? "ES256",
    kills: foundBy("accepted", "HS-4.no-common-algorithm"),
  }),
];
