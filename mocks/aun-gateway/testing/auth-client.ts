import { type KeyObject, sign } from "node:crypto";
import { isJsonObject, type JsonObject, ownText } from "../../ath/json.ts";
import { shiftableClock } from "../../core/clock.ts";
import { newKeyPair } from "../../core/key-pair.ts";
import { type ActiveFault, ruleBook } from "../../core/rules.ts";
import { createAuthService } from "../auth/service.ts";
import { authServiceFaults } from "../faults/auth-service.ts";
import { RpcError } from "../method.ts";
import { type AuthServiceRules, honestAuthService } from "../rules/auth-service.ts";

/** An agent that calls an auth service directly, without a socket. */
export interface TestAgent {
  readonly aid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly cert: string;
}

export interface Outcome {
  readonly result: JsonObject;
  /** Undefined: the call had a result. */
  readonly code: number | undefined;
}

/** Base64 of a P-256 key's SPKI, with the key that goes with it. */
export function agentKeys(curve: "P-256" | "P-384" | "secp256k1" = "P-256") {
  const { privateKey, publicKey } = newKeyPair(curve);
  return { privateKey, publicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64") };
}

export function signature(text: string, key: KeyObject): string {
  return sign("sha256", Buffer.from(text), key).toString("base64");
}

export function textIn(result: JsonObject, name: string): string {
  const text = ownText(result, name);
  if (text === undefined) throw new Error(`the result has no ${name}: ${JSON.stringify(result)}`);
  return text;
}

/** An auth service of `a.test` with a clock that is moved by hand, and what tests do with it. */
export function authBench(...faults: readonly ActiveFault[]) {
  const clock = shiftableClock();
  const book = ruleBook<AuthServiceRules>(honestAuthService, authServiceFaults, faults);
  const service = createAuthService({
    issuer: "a.test",
    clock,
    rules: book.rules,
    gatewayUrl: () => "ws://127.0.0.1:9/aun",
  });
  let count = 0;

  /** Calls a method as a session, authenticated when an AID is given. */
  async function call(method: string, params: JsonObject, aid?: string, connectionId = "c1"): Promise<Outcome> {
    try {
      const found = service.methods.get(`auth.${method}`);
      if (found === undefined) throw new Error(`there is no ${method}`);
      return { result: await found({ params, session: { aid, connectionId } }), code: undefined };
    } catch (error) {
      if (error instanceof RpcError) return { result: {}, code: error.code };
      throw error;
    }
  }

  async function enrol(name = `agent${++count}`): Promise<TestAgent> {
    const keys = agentKeys();
    const aid = `${name}.a.test`;
    const { result } = await call("create_aid", { aid, public_key: keys.publicKey, curve: "P-256" });
    return { aid, ...keys, cert: textIn(result, "cert") };
  }

  const login1 = (agent: TestAgent, more: JsonObject = {}) =>
    call("aid_login1", { aid: agent.aid, cert: agent.cert, client_nonce: "MTIzNDU2Nzg5MDEy", ...more });

  /** The parameters of a good login2 for what login1 gave. */
  function login2Params(agent: TestAgent, opened: JsonObject, clientTime = String(clock.now() / 1000)): JsonObject {
    const nonce = textIn(opened, "nonce");
    return {
      aid: agent.aid,
      request_id: textIn(opened, "request_id"),
      nonce,
      client_time: clientTime,
      signature: signature(`${nonce}:${clientTime}`, agent.privateKey),
    };
  }

  /** A whole login; `more` bends login2. */
  async function login(agent: TestAgent, more: JsonObject = {}): Promise<Outcome> {
    const opened = await login1(agent);
    if (opened.code !== undefined) return opened;
    return call("aid_login2", { ...login2Params(agent, opened.result), ...more });
  }

  /** The parameters of a good renewal. */
  async function renewalParams(agent: TestAgent): Promise<JsonObject> {
    const { result } = await login1(agent);
    const nonce = textIn(result, "nonce");
    return {
      aid: agent.aid,
      request_id: textIn(result, "request_id"),
      nonce,
      signature: signature(nonce, agent.privateKey),
    };
  }

  /** The parameters of a good rekey to this key. */
  async function rekeyParams(agent: TestAgent, newKey: string): Promise<JsonObject> {
    const params = await renewalParams(agent);
    const signed = signature(textIn(params, "nonce") + newKey, agent.privateKey);
    return { ...params, new_public_key: newKey, signature: signed };
  }

  /** The `auth` member of a connect with method aid. */
  async function connectAid(agent: TestAgent): Promise<JsonObject> {
    const { request_id, nonce, aid, signature: proof } = await renewalParams(agent);
    return { method: "aid", aid, request_id, nonce, client_time: clock.now(), signature: proof };
  }

  /** The code with which `auth.connect` is refused; undefined: accepted. */
  function refusalOf(action: () => unknown): number | undefined {
    try {
      action();
      return undefined;
    } catch (error) {
      if (error instanceof RpcError) return error.code;
      throw error;
    }
  }

  async function get(path: string, init: RequestInit = {}) {
    const response = service.http(new Request(`http://gateway.a.test${path}`, init));
    const text = (await response?.text()) ?? "";
    return { status: response?.status, type: response?.headers.get("content-type"), text };
  }

  async function getJson(path: string, init: RequestInit = {}): Promise<JsonObject> {
    const { text } = await get(path, init);
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) throw new Error(`${path} is no JSON object`);
    return value;
  }

  return {
    service,
    clock,
    call,
    enrol,
    login1,
    login2Params,
    login,
    renewalParams,
    rekeyParams,
    connectAid,
    refusalOf,
    get,
    getJson,
  };
}

export type AuthBench = ReturnType<typeof authBench>;
