import "reflect-metadata";
import { createPublicKey, randomUUID, verify } from "node:crypto";
import { X509Certificate } from "@peculiar/x509";
import {
  type Agent,
  either,
  type House,
  isObject,
  type Login,
  type Members,
  Refusal,
  type Session,
  secret,
  text,
} from "./house.ts";

/** A method of the auth service; `session` when the connection has one. */
export type AuthMethod = (house: House, params: Members, session: Session | undefined) => Promise<Members>;

const nameRule = /^[a-z0-9_][a-z0-9_-]{3,63}$/;
const loginS = 60;
const dayMs = 24 * 3_600_000;

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

function curveOf(key: string): string | undefined {
  if (!base64.test(key)) return undefined;
  try {
    const read = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
    return read.asymmetricKeyDetails?.namedCurve;
  } catch {
    return undefined;
  }
}

function signedBy(key: string, said: string, signature: string): boolean {
  if (!base64.test(signature)) return false;
  const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
  return verify("sha256", Buffer.from(said), { key: publicKey, dsaEncoding: "der" }, Buffer.from(signature, "base64"));
}

const createAid: AuthMethod = async (house, params) => {
  const { character, agents, authority, now } = house;
  const aid = text(params, "aid", house);
  const key = text(params, "public_key", house);
  if (character.identities === "listed") throw new Refusal(-32004, "registration is closed");
  const name = aid.endsWith(`.${character.issuer}`) ? aid.slice(0, -character.issuer.length - 1) : "";
  if (!nameRule.test(name) || name.startsWith("guest")) throw new Refusal(-32602, "no such name");
  if (curveOf(key) !== "prime256v1" || Buffer.from(key, "base64").length !== 91)
    throw new Refusal(-32602, "a key on P-256");
  const known = agents.get(aid);
  if (known !== undefined && (known.key !== key || character.taken === "refused"))
    throw new Refusal(4090, "identity conflict");
  const agent: Agent = known ?? { aid, key, certificate: await authority.certify(aid, key, "P-256", now()) };
  agents.set(aid, agent);
  return { aid, cert: agent.certificate.toString("pem"), ca_cert: authority.issuer.toString("pem"), curve: "P-256" };
};

/** The agent whose certificate this is, when it is good for a login; `graceMs`: how long after its end. */
function certified(house: House, aid: string, pem: unknown, graceMs = 0): Agent {
  const { agents, revoked, now } = house;
  const agent = agents.get(aid);
  const wrong = new Refusal(-32002, "no valid certificate");
  if (agent === undefined) throw wrong;
  let shown = agent.certificate;
  if (typeof pem === "string") {
    try {
      shown = new X509Certificate(pem);
    } catch {
      throw wrong;
    }
  }
  const same =
    shown.serialNumber === agent.certificate.serialNumber &&
    shown.toString("pem") === agent.certificate.toString("pem");
  if (!same || revoked.has(shown.serialNumber) || shown.notAfter.getTime() + graceMs < now()) throw wrong;
  return agent;
}

const login1: AuthMethod = async (house, params) => {
  const { authority, logins, now, character } = house;
  const aid = text(params, "aid", house);
  const clientNonce = text(params, "client_nonce", house);
  // A certificate past its end may still be renewed.
  certified(house, aid, text(params, "cert", house), 90 * dayMs);
  const requestId = randomUUID();
  const nonce = secret();
  logins.set(requestId, { aid, nonce, at: now() });
  return {
    request_id: requestId,
    nonce,
    server_time: now() / 1000,
    client_nonce_signature: authority.signAsService(clientNonce, "der"),
    auth_cert: authority.auth.toString("pem"),
    auth_curve: character.curve,
  };
};

/** The login that these params go on with; used up by that. */
export function begun(house: House, params: Members, signed: (nonce: string) => string, graceMs = 0): Agent {
  const { logins, now } = house;
  const aid = text(params, "aid", house);
  const requestId = text(params, "request_id", house);
  const nonce = text(params, "nonce", house);
  const signature = text(params, "signature", house);
  const login: Login | undefined = logins.get(requestId);
  const inTime = login !== undefined && now() - login.at <= loginS * 1000;
  if (!inTime || login.nonce !== nonce || login.aid !== aid) throw new Refusal(-32002, "no such login");
  logins.delete(requestId);
  const agent = certified(house, aid, undefined, graceMs);
  if (!signedBy(agent.key, signed(nonce), signature)) throw new Refusal(-32003, "the signature is wrong");
  return agent;
}

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");

export function newToken({ character, authority, now }: House, aid: string): string {
  const { curve, kid, issuer, tokenS } = character;
  const { serialNumber } = authority.auth;
  const iat = Math.floor(now() / 1000);
  const header = {
    alg: curve === "P-256" ? "ES256" : "ES384",
    typ: "JWT",
    kid: kid === "hex" ? serialNumber.toUpperCase() : String(BigInt(`0x${serialNumber}`)),
  };
  const claims = { aid, iss: `auth.${issuer}`, sub: aid, aud: ["aun"], iat, exp: iat + tokenS, jti: randomUUID() };
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${authority.signAsService(input, "raw")}`;
}

/** The AID of a token; undefined when it is not good. */
export function aidOfToken({ character, authority, now }: House, token: string): string | undefined {
  const [header = "", claims = "", signature = "", ...rest] = token.split(".");
  const algorithm = character.curve === "P-256" ? "ES256" : "ES384";
  const [said, read] = [header, claims].map(partOf);
  if (rest.length > 0 || said?.["alg"] !== algorithm || said["typ"] !== "JWT" || !/^[\w-]+$/.test(signature))
    return undefined;
  const key = createPublicKey({ key: Buffer.from(authority.auth.publicKey.rawData), format: "der", type: "spki" });
  const digest = character.curve === "P-256" ? "sha256" : "sha384";
  const bytes = Buffer.from(signature, "base64url");
  if (bytes.toString("base64url") !== signature) return undefined;
  if (!verify(digest, Buffer.from(`${header}.${claims}`), { key, dsaEncoding: "ieee-p1363" }, bytes)) return undefined;
  const { exp, aid } = read ?? {};
  return typeof exp === "number" && exp > now() / 1000 && typeof aid === "string" ? aid : undefined;
}

function partOf(segment: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, "base64url").toString("utf8"));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const login2: AuthMethod = async (house, params) => {
  const { character, chains, now, authority } = house;
  const time = params["client_time"];
  if (typeof time !== "string" && typeof time !== "number")
    throw new Refusal(either(house, 4000, -32602), "client_time");
  const agent = begun(house, params, (nonce) => `${nonce}:${time}`);
  const refresh = secret();
  chains.set(refresh, { aid: agent.aid, count: 0, begun: now() });
  const { notBefore, notAfter } = agent.certificate;
  const old = now() > (notBefore.getTime() + notAfter.getTime()) / 2;
  if (old) agent.certificate = await authority.certify(agent.aid, agent.key, "P-256", now());
  const token = newToken(house, agent.aid);
  return {
    status: "ok",
    aid: agent.aid,
    token,
    ...(character.aliases === "token-only" ? {} : { access_token: token }),
    refresh_token: refresh,
    expires_in: character.tokenS,
    ...(old ? { new_cert: agent.certificate.toString("pem") } : {}),
  };
};

const longestDays = 30;

const refresh: AuthMethod = async (house, params) => {
  const { character, chains, now } = house;
  const given = params["refresh_token"];
  const chain = typeof given === "string" ? chains.get(given) : undefined;
  const inTime = chain !== undefined && now() - chain.begun < longestDays * dayMs;
  if (typeof given !== "string" || !inTime || chain.count >= character.longestChain) {
    const error = chain === undefined ? "invalid_or_expired_refresh_token" : "refresh_chain_exhausted";
    if (character.refreshRefusal === "error") throw new Refusal(-32005, error);
    return { success: false, error, relogin_required: true, retryable: false, diagnostic: { reason: error } };
  }
  chains.delete(given);
  chain.count += 1;
  const next = secret();
  chains.set(next, chain);
  return {
    success: true,
    access_token: newToken(house, chain.aid),
    refresh_token: next,
    expires_in: character.tokenS,
    refresh_count: chain.count,
    relogin_required: false,
    retryable: false,
    diagnostic: null,
  };
};

const renew: AuthMethod = async (house, params) => {
  const agent = begun(house, params, (nonce) => nonce, 90 * dayMs);
  agent.certificate = await house.authority.certify(agent.aid, agent.key, "P-256", house.now());
  return {
    status: "renewed",
    cert: agent.certificate.toString("pem"),
    ca_cert: house.authority.issuer.toString("pem"),
  };
};

const rekey: AuthMethod = async (house, params) => {
  const key = text(params, "new_public_key", house);
  const agent = begun(house, params, (nonce) => `${nonce}${key}`);
  if (curveOf(key) !== "prime256v1") throw new Refusal(-32602, "a key on P-256");
  house.revoked.add(agent.certificate.serialNumber);
  agent.key = key;
  agent.certificate = await house.authority.certify(agent.aid, key, "P-256", house.now());
  return {
    status: "rekeyed",
    cert: agent.certificate.toString("pem"),
    ca_cert: house.authority.issuer.toString("pem"),
  };
};

const requestCert: AuthMethod = async (house, params, session) => {
  if (session === undefined) throw new Refusal(-32013, "connect first");
  if (text(params, "aid", house) !== session.aid) throw new Refusal(-32004, "not yours");
  const key = text(params, "public_key", house);
  const curve = params["curve"] === "P-384" ? "P-384" : "P-256";
  if (curveOf(key) !== { "P-256": "prime256v1", "P-384": "secp384r1" }[curve])
    throw new Refusal(-32602, "another curve");
  const certificate = await house.authority.certify(session.aid, key, curve, house.now());
  const ca = house.authority.issuer.toString("pem");
  return { status: "issued", aid: session.aid, cert: certificate.toString("pem"), ca_cert: ca, curve };
};

const downloadCert: AuthMethod = async (house, params) => {
  const { authority, agents } = house;
  const wanted = text(params, "cert_sn", house).toLowerCase();
  const ca = authority.issuer.toString("pem");
  if (wanted === "root") return { cert: authority.root.toString("pem"), ca_cert: null, cert_chain: null };
  const found = [...agents.values()].find(({ certificate }) => certificate.serialNumber.toLowerCase() === wanted);
  if (found === undefined) throw new Refusal(-32008, "no such certificate");
  return { cert: found.certificate.toString("pem"), ca_cert: ca, cert_chain: [ca, authority.root.toString("pem")] };
};

export const authMethods: Readonly<Record<string, AuthMethod>> = {
  "auth.create_aid": createAid,
  "auth.aid_login1": login1,
  "auth.aid_login2": login2,
  "auth.refresh_token": refresh,
  "auth.renew_cert": renew,
  "auth.rekey": rekey,
  "auth.request_cert": requestCert,
  "auth.download_cert": downloadCert,
};
