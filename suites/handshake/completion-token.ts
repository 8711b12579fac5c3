import type { Connection, ScopeOptions } from "../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted } from "../engine/granted.ts";
import { type Json, member, parseJson, strings, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { claimsFact, readToken, scopesOf } from "./shared/access-token.ts";

const hourS = 3600;
/** Seconds are whole, and both sides may round. */
const roundingS = 1;

/** A finished handshake (mark `subject`), and what its token says (facts). */
async function tokenOf(world: HandshakeWorld, options?: ScopeOptions): Promise<Connection> {
  const connection = await world.agent.connected(options);
  const { claims, signatureValid } = readToken(connection);
  world.mark("subject", connection.reply);
  world.fact("claims", asJson(claims));
  world.fact("signatureValid", signatureValid);
  return connection;
}

/** What came out of JSON is JSON. */
function asJson(value: unknown): Json {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

type Claims = Readonly<Record<string, unknown>>;

/** Judges the claims of the issued token; without a JWT there is nothing to judge but its signature (HS-19.signature). */
function judgeClaims(evidence: Evidence, expected: string, judge: (claims: Claims) => Wrong | undefined): Finding {
  const [subject] = marked(evidence, "subject");
  const claims = claimsFact(evidence.facts);
  if (subject === undefined || !granted(subject) || claims === undefined) {
    const actual = claims === undefined ? "the access token is no JWT" : "no token was issued";
    return untested({ reasonCode: "no-token", expected, actual });
  }
  const wrong = judge(claims);
  return wrong === undefined ? pass([subject]) : violated({ expected, ...wrong, exchanges: [subject] });
}

interface Wrong {
  readonly reasonCode: string;
  readonly actual: string;
}

/** The binding says sub; client_did and client_id are other names for the same. */
const agentClaims = ["sub", "client_did", "client_id"];

function wrongClaim(claims: Claims, { facts }: Evidence): Wrong | undefined {
  const { agent, user, ttl } = facts;
  const scopes = strings(facts["scopes"]) ?? [];
  const told = (names: readonly string[]) =>
    names.map((name) => `${name}: ${String(claims[name] ?? "none")}`).join(", ");
  if (!agentClaims.some((name) => claims[name] === agent)) {
    return { reasonCode: "wrong-agent", actual: told(agentClaims) };
  }
  if (!Object.values(claims).includes(user)) return { reasonCode: "wrong-user", actual: told(["user_did"]) };
  const given = scopesOf(claims);
  if (given === undefined || [...given].sort().join(" ") !== [...scopes].sort().join(" ")) {
    return { reasonCode: "wrong-scopes", actual: `scopes: ${given?.join(" ") ?? "none"}` };
  }
  const life = lifeOf(claims);
  if (life === undefined || typeof ttl !== "number" || Math.abs(life - ttl) > roundingS) {
    return { reasonCode: "wrong-lifetime", actual: `exp − iat = ${life ?? "unknown"}` };
  }
  return undefined;
}

/** exp − iat in seconds; undefined when either is missing. */
function lifeOf({ exp, iat }: Claims): number | undefined {
  return typeof exp === "number" && typeof iat === "number" ? exp - iat : undefined;
}

/** A credential and a confirmation that hold for so many hours. */
function forHours(world: HandshakeWorld, hours: number): Pick<ScopeOptions, "credential" | "answer"> {
  const expiresAt = Math.floor(world.now() / 1000) + hours * hourS;
  return { credential: { ttlS: hours * hourS }, answer: (asked) => [asked.user.answer(asked, { expiresAt })] };
}

/** The ttl to ask for: this one, or the longest that identity_result names where more is refused (HS-17 allows both). */
async function longestTaken(world: HandshakeWorld, ttlS: number): Promise<number> {
  const handshake = await world.agent.opened();
  const proof = await handshake.prove();
  requireGranted(proof, "identity_proof");
  const longest = member(member(proof.json, "metadata"), "token_max_ttl");
  const asked = await handshake.request({ ttlS, ...forHours(world, 9) });
  return asked.granted || typeof longest !== "number" ? ttlS : longest;
}

/** The access token (HS-19, HS-24). */
export const tokenChecks: readonly Check<HandshakeWorld>[] = [
  check<HandshakeWorld>({
    id: "HS-19.signature",
    requirement: "HS-19",
    title: "the access token is a JWT that verifies with the gateway's key",
    async drive(world) {
      await tokenOf(world);
    },
    judge(evidence) {
      const [subject] = marked(evidence, "subject");
      const expected = "a JWT that verifies with server_pubkey";
      if (subject === undefined || !granted(subject)) {
        return untested({ reasonCode: "no-token", expected, actual: "no token was issued" });
      }
      if (evidence.facts["signatureValid"] === true) return pass([subject]);
      const actual = claimsFact(evidence.facts) === undefined ? "the token is no JWT" : "the signature does not verify";
      return violated({ reasonCode: "signature-invalid", expected, actual, exchanges: [subject] });
    },
  }),
  check<HandshakeWorld>({
    id: "HS-19.claims",
    requirement: "HS-19",
    title: "the access token carries this agent, this user, exactly the granted scopes and the granted lifetime",
    async drive(world) {
      // The user approves one scope of all, so that granted and requested differ.
      const { scopes, ttlS } = await tokenOf(world, {
        answer: (asked) => [asked.user.answer(asked, { grant: world.scopes.slice(0, 1) })],
      });
      world.fact("agent", world.agent.did);
      world.fact("user", world.user.did);
      world.fact("scopes", scopes);
      world.fact("ttl", Number.isFinite(ttlS) ? ttlS : null);
    },
    judge(evidence) {
      const { agent, user, ttl } = evidence.facts;
      const scopes = strings(evidence.facts["scopes"]) ?? [];
      const expected = `agent ${String(agent)}, user ${String(user)}, scopes ${scopes.join(" ")}, exp = iat + ${String(ttl)}`;
      return judgeClaims(evidence, expected, (claims) => wrongClaim(claims, evidence));
    },
  }),
  check<HandshakeWorld>({
    id: "HS-19.unique",
    requirement: "HS-19",
    title: "two handshakes give two tokens with a jti each",
    async drive(world) {
      const jtis: Json[] = [];
      for (let handshakes = 0; handshakes < 2; handshakes++) {
        const { claims } = readToken(await tokenOf(world));
        jtis.push(text(claims, "jti") ?? null);
      }
      world.fact("jtis", jtis);
    },
    judge(evidence) {
      const subjects = marked(evidence, "subject");
      const expected = "two different tokens with different jti";
      if (subjects.length < 2 || !subjects.every(granted)) {
        return untested({ reasonCode: "no-token", expected, actual: "fewer than two tokens were issued" });
      }
      // Placeholders of tokens are equal exactly when the tokens are.
      const tokens = new Set(subjects.map(({ response }) => text(parseJson(response?.body), "access_token")));
      const { jtis } = evidence.facts;
      const different = Array.isArray(jtis) && !jtis.includes(null) && new Set(jtis).size === jtis.length;
      if (tokens.size === subjects.length && different) return pass(subjects);
      const actual = tokens.size < subjects.length ? "the same token twice" : `jti: ${JSON.stringify(jtis)}`;
      return violated({ reasonCode: "repeated", expected, actual, exchanges: subjects });
    },
  }),
  check<HandshakeWorld>({
    id: "HS-24.lifetime",
    requirement: "HS-24",
    title: "an access token lives an hour at most, however long it was asked for",
    async drive(world) {
      await tokenOf(world, {
        ttlS: await longestTaken(world, 8 * hourS),
        ...forHours(world, 9),
      });
    },
    judge: (evidence) =>
      judgeClaims(evidence, `exp − iat: at most ${hourS} seconds`, (claims) => {
        const life = lifeOf(claims);
        return life !== undefined && life <= hourS
          ? undefined
          : { reasonCode: "too-long", actual: `exp − iat = ${life ?? "unknown"}` };
      }),
  }),
];
