import type { Agent } from "../drivers/agent.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";
import { refusedAtRegistration } from "./shared/attested-registration.ts";
import { type BendFor, bends, forged, keyedWith } from "./shared/bent-attestations.ts";
import { selfSignedCertificate } from "./shared/self-signed-certificate.ts";

/** The signature and whose key it is of (ATT-1). */
export const signatureChecks: readonly Check[] = [
  refusedAtRegistration({
    id: "ATT-1.wrong-key",
    requirement: "ATT-1",
    title: "an attestation that another key signed is refused",
    attestations: [bends.wrongKey],
  }),
  refusedAtRegistration({
    id: "ATT-1.tampered-payload",
    requirement: "ATT-1",
    title: "an attestation whose payload was changed after signing is refused",
    attestations: [bends.tamperedPayload],
  }),
  refusedAtRegistration({
    id: "ATT-1.stripped-signature",
    requirement: "ATT-1",
    title: "an attestation without its signature is refused",
    attestations: [bends.strippedSignature],
  }),
  refusal({
    id: "ATT-1.foreign-issuer",
    requirement: "ATT-1",
    title: "an attestation that names its signer as issuer and a victim as subject is refused",
    // The attacker is a good agent with a published key; the target has just believed it.
    control: ({ agent: attacker }) => attacker.register(),
    attempt(world) {
      const { agent: attacker } = world;
      const victim = world.newAgent();
      const { key } = attacker;
      return victim.register({ attestation: { key, header: { kid: key.kid }, claims: { iss: attacker.id } } });
    },
  }),
];

/** Where a verifier that compares alg with what it must not be, and not with what it must be, has nothing to say. */
const unheardOf = [undefined, null, "", "GATEPROOF256", "none "];

/** Algorithms and key sources that a forger can choose (ATT-7; RFC 8725 § 2.1, § 3.1). */
export const algorithmChecks: readonly Check[] = [
  refusedAtRegistration({
    id: "ATT-7.alg-none",
    requirement: "ATT-7",
    title: "an attestation with alg none is refused",
    attestations: [bends.unsigned],
  }),
  refusedAtRegistration({
    id: "ATT-7.alg-none-mixed-case",
    requirement: "ATT-7",
    title: "an attestation with alg none in mixed case is refused",
    attestations: [bends.unsignedMixedCase],
  }),
  refusal({
    id: "ATT-7.hs256-public-key",
    requirement: "ATT-7",
    title: "an attestation with an HMAC keyed with the agent's public key is refused",
    async control(world) {
      const plain = await asJwk(world).register();
      requireGranted(plain, "register with a key published as JWK");
      return asPem(world).register();
    },
    async attempt(world) {
      const withPem = asPem(world);
      const first = await withPem.register({ attestation: keyedWith(withPem.key.publicPem) });
      const withJwk = asJwk(world);
      const text = JSON.stringify(withJwk.identity.document()["public_key"]);
      return [first, await withJwk.register({ attestation: keyedWith(text) })];
    },
  }),
  refusedAtRegistration({
    id: "ATT-7.embedded-jwk",
    requirement: "ATT-7",
    title: "an attestation that brings its own key in the header is refused",
    attestations: [bends.embeddedKey],
  }),
  refusedAtRegistration({
    id: "ATT-7.jku",
    requirement: "ATT-7",
    title: "an attestation that points to a key set of its own is refused",
    attestations: [
      (world, agent) =>
        forged(world, agent, ({ publicJwk }) => {
          const keys = JSON.stringify({ keys: [{ ...publicJwk, kid: agent.key.kid, alg: "ES256", use: "sig" }] });
          return { jku: agent.identity.serveBeside("keys.json", "application/json", keys) };
        }),
    ],
  }),
  refusedAtRegistration({
    id: "ATT-7.x5u",
    requirement: "ATT-7",
    title: "an attestation that points to a certificate of its own is refused",
    attestations: [
      (world, agent) =>
        forged(world, agent, (key) => {
          const certificate = selfSignedCertificate(key, world.now());
          const type = "application/pem-certificate-chain";
          return { x5u: agent.identity.serveBeside("certificate.pem", type, certificate) };
        }),
    ],
  }),
  refusedAtRegistration({
    id: "ATT-7.x5c",
    requirement: "ATT-7",
    title: "an attestation that brings a certificate of its own is refused",
    attestations: [
      (world, agent) => forged(world, agent, (key) => ({ x5c: [derText(selfSignedCertificate(key, world.now()))] })),
    ],
  }),
  refusedAtRegistration({
    id: "ATT-7.kid-elsewhere",
    requirement: "ATT-7",
    title: "an attestation whose kid is the address of another key is refused",
    attestations: [
      (world, agent) => {
        const key = world.newKey();
        const { publicJwk } = key;
        const text = JSON.stringify({ ...agent.identity.document(), public_key: publicJwk });
        const kid = agent.identity.serveBeside("key.json", "application/json", text);
        return { key, header: { kid } };
      },
    ],
  }),
  refusedAtRegistration({
    id: "ATT-7.other-algorithms",
    requirement: "ATT-7",
    title: "an attestation without alg, or with one that nobody has heard of, is refused",
    attestations: unheardOf.map(
      (alg): BendFor =>
        (world) => ({ key: world.newKey(), header: { alg } }),
    ),
  }),
];

/** The base64 of a PEM (RFC 7515 § 4.1.6). */
function derText(pem: string): string {
  return pem.replace(/-----[^-]+-----/g, "").replace(/\s/g, "");
}

function asPem(world: World): Agent {
  const agent = world.newAgent();
  agent.identity.publish({ public_key: agent.key.publicPem });
  return agent;
}

function asJwk(world: World): Agent {
  const agent = world.newAgent();
  agent.identity.publish({ public_key: agent.key.publicJwk });
  return agent;
}
