import type { JsonObject } from "../../ath/json.ts";
import { ownTexts } from "../../ath/json.ts";
import { ownString } from "../json.ts";
import { algorithms, type PublicKey, type ServerKey, serverKey, serverKeys } from "../keys.ts";
import { Refused } from "../refusal.ts";
import { signAs } from "../signatures.ts";
import type { Handshake } from "../state.ts";
import { log } from "./audit-log.ts";
import type { HandshakeContext } from "./context.ts";
import { answerIn, carriedId, carrier } from "./correlation.ts";

/** Capabilities that this gateway has. */
const capabilities = [...algorithms, "TLS1.3"];

/** An agent's offer that can be met. */
interface Met {
  readonly did: string;
  readonly key: PublicKey;
  readonly nonceA: string;
  readonly version: string;
  readonly capabilities: readonly string[];
  readonly serverKey: ServerKey;
}

function nonceFor({ rules, state, random }: HandshakeContext, nonceA: string): string {
  const nonce = rules["hello.nonce"]({ random: () => random.text(32), nonceA, count: state.opened });
  state.opened += 1;
  return nonce;
}

/** Makes room for one more. Throws {@link Refused} `no-room`. */
function makeRoom({ rules, state, settings }: HandshakeContext): void {
  const { handshakes } = state;
  const room = rules["hello.room"]({
    open: handshakes.size,
    opened: state.opened,
    most: settings.limits.openHandshakes,
  });
  if (room === "open") return;
  if (room === "evict") {
    for (const { id, stage } of handshakes.values()) {
      // Whoever has proved who he is keeps his place.
      if (stage === "proved" || stage === "asking" || stage === "granted") continue;
      handshakes.delete(id);
      return;
    }
  }
  throw new Refused("no-room", "too many handshakes are open; try again later", { headers: { "retry-after": "30" } });
}

function open(context: HandshakeContext, offer: Pick<Met, "did" | "key" | "nonceA" | "serverKey">): Handshake {
  const { state, random, clock, settings } = context;
  makeRoom(context);
  const handshake: Handshake = {
    id: random.text(18),
    agent: { did: offer.did, key: offer.key },
    nonceA: offer.nonceA,
    nonceB: nonceFor(context, offer.nonceA),
    serverKey: offer.serverKey,
    stage: "opened",
    expiresAt: clock.now() + settings.limits.handshakeTtlS * 1000,
    grant: undefined,
  };
  state.handshakes.set(handshake.id, handshake);
  return handshake;
}

/** Judges an offer. Throws {@link Refused}. */
function met(context: HandshakeContext, body: JsonObject): Met {
  const { rules, settings, state, keys } = context;
  const did = ownString(body, "client_did") ?? "";
  const nonceA = ownString(body, "nonce") ?? "";
  const offeredCapabilities = ownTexts(body, "capabilities");
  const key = rules["hello.agentKey"]({ pem: ownString(body, "client_pubkey") ?? "" });
  if (key === undefined) {
    throw new Refused("key-malformed", "client_pubkey must be a P-256 or Ed25519 public key (SPKI PEM)");
  }
  const algorithm = rules["hello.algorithm"]({ offered: offeredCapabilities });
  if (algorithm === undefined) {
    throw new Refused("algorithm-unsupported", `none of the signature algorithms ${algorithms.join(", ")} is offered`);
  }
  const announced = rules["hello.serverKeys"]({ own: keys, fresh: serverKeys })[algorithm];
  const version = rules["hello.version"]({ offered: ownTexts(body, "versions"), supported: settings.versions });
  if (version === undefined) {
    const opened = rules["hello.versionRefusal"]({
      open() {
        const { id, nonceB: nonce } = open(context, { did, key, nonceA, serverKey: announced });
        return { id, nonce };
      },
    });
    const told = opened === undefined ? undefined : carrier(context, opened.id);
    throw new Refused("version-unsupported", `this gateway speaks ${settings.versions.join(", ")}`, {
      members: opened === undefined ? {} : { nonce: opened.nonce, ...told?.members },
      headers: told?.headers ?? {},
    });
  }
  const proved = state.agentKeys.get(did)?.fingerprint;
  if (!rules["hello.keyIsKept"]({ fingerprint: key.fingerprint, proved })) {
    throw new Refused("key-changed", "this DID has proved another key");
  }
  const common = rules["hello.capabilities"]({ offered: offeredCapabilities, supported: capabilities });
  return { did, key, nonceA, version, capabilities: common, serverKey: announced };
}

function response(context: HandshakeContext, { id, nonceB }: Handshake, offer: Met): Response {
  const { rules, settings } = context;
  const text = rules["hello.signedText"]({ nonceA: offer.nonceA, nonceB });
  const { algorithm } = offer.serverKey;
  const signer = rules["hello.signingKey"]({ announced: offer.serverKey, fresh: () => serverKey(algorithm) });
  return answerIn(context, id, "handshake_response", {
    server_did: settings.serverDid,
    server_pubkey: offer.serverKey.pem,
    version: offer.version,
    capabilities: offer.capabilities,
    nonce: nonceB,
    signature: signAs(signer, text, settings.binding.signature),
  });
}

/** Judges a handshake_request within a handshake; gives the one to begin anew. Throws {@link Refused}. */
function restarted({ rules, state, settings }: HandshakeContext, id: string): Handshake | undefined {
  const known = state.handshakes.get(id);
  const over = known === undefined || known.stage === "completed" || known.stage === "ended";
  // A cookie is sent along without anybody's wish.
  if (over && settings.binding.correlation === "cookie") return undefined;
  if (known !== undefined && rules["order.onRestart"]() === "reset") return known;
  throw new Refused("out-of-order", "a handshake_request begins a handshake and belongs to none");
}

/** Step 1, answered by step 2. Throws {@link Refused}. */
export function hello(context: HandshakeContext, request: Request, body: JsonObject): Response {
  const id = carriedId(context, request, body);
  const again = id === undefined ? undefined : restarted(context, id);
  const offer = met(context, body);
  const handshake = again ?? open(context, offer);
  if (again !== undefined) {
    again.stage = "opened";
    again.nonceB = nonceFor(context, offer.nonceA);
  }
  log(context, {
    event: "handshake_started",
    outcome: "success",
    handshake_id: handshake.id,
    agent: offer.did,
  });
  return response(context, handshake, offer);
}
