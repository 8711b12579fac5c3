import type { HandshakeAgent } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted, refused as refusedBy } from "../engine/granted.ts";
import { parseJson, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { conforms, type Relation } from "../kinds/conforms.ts";

/** Opens a handshake; the signature cannot be verified from redacted evidence, so the drive says whether it holds. */
async function hello(world: HandshakeWorld, agent: HandshakeAgent) {
  const { reply, serverSigned } = await agent.hello();
  world.fact("signatureValid", serverSigned);
  return reply;
}

const signed: Relation = {
  reasonCode: "signature-invalid",
  expected: "a signature over nonce A that verifies with server_pubkey",
  broken: (_body, { facts }) =>
    facts["signatureValid"] === true ? undefined : "a signature that does not verify with the key beside it",
};

function judgeEdDsa(evidence: Evidence): Finding {
  const exchange = marked(evidence, "subject")[0];
  const details = { expected: signed.expected, actual: "no exchange", exchanges: [] };
  if (exchange === undefined) return untested({ reasonCode: "nothing-recorded", ...details });
  if (!granted(exchange)) {
    const seen = { ...details, actual: answerOf(exchange), exchanges: [exchange] };
    return refusedBy(exchange)
      ? inapplicable({ reasonCode: "eddsa-refused", ...seen, notes: ["the target does not speak EdDSA alone"] })
      : untested({ reasonCode: "no-answer", ...seen });
  }
  const actual = signed.broken(undefined, evidence, exchange);
  if (actual === undefined) return pass([exchange]);
  return violated({ reasonCode: signed.reasonCode, expected: signed.expected, actual, exchanges: [exchange] });
}

function judgeSteady(evidence: Evidence): Finding {
  const hellos = marked(evidence, "subject");
  const expected = "one server_did and one server_pubkey in every handshake";
  const identities = hellos.filter(granted).map(({ response }) => {
    const body = parseJson(response?.body);
    return JSON.stringify([text(body, "server_did"), text(body, "server_pubkey")]);
  });
  if (identities.length < 2) {
    return untested({ reasonCode: "control-refused", expected, actual: "no two handshakes", exchanges: hellos });
  }
  if (new Set(identities).size === 1) return pass(hellos);
  const actual = "another identity in the next handshake";
  return violated({ reasonCode: "identity-changes", expected, actual, exchanges: hellos });
}

/** The gateway proves who it is (HS-1). */
export const possessionChecks: readonly Check<HandshakeWorld>[] = [
  conforms({
    id: "HS-1.signature",
    requirement: "HS-1",
    title: "handshake_response is signed over the agent's nonce with the key it names",
    subject: (world: HandshakeWorld) => hello(world, world.agent),
    shape: "HandshakeResponse",
    relations: [signed],
  }),
  check({
    id: "HS-1.signature-eddsa",
    requirement: "HS-1",
    title: "an agent that offers EdDSA alone gets a signature that verifies",
    async drive(world: HandshakeWorld) {
      await world.agent.opened();
      world.mark("subject", await hello(world, world.newAgent({ algorithm: "EdDSA" })));
    },
    judge: judgeEdDsa,
  }),
  check({
    id: "HS-1.key-steady",
    requirement: "HS-1",
    title: "the gateway is the same in two handshakes",
    async drive(world: HandshakeWorld) {
      for (const agent of [world.agent, world.newAgent()]) world.mark("subject", (await agent.hello()).reply);
    },
    judge: judgeSteady,
  }),
];
