import { createHash } from "node:crypto";
import type { JsonObject } from "../../ath/json.ts";
import type { Clock } from "../../core/clock.ts";
import { errorResponse } from "../../core/json.ts";
import { type RandomSource, systemRandom } from "../../core/random.ts";
import { signatureBy } from "../../core/x509/names.ts";
import { discovery } from "../discovery/discovery.ts";
import type { AuthService, Call, Method } from "../method.ts";
import { authorityChain, DAY_MS } from "../pki/authority.ts";
import type { AuthServiceRules } from "../rules/auth-service.ts";
import { authIdentity } from "./auth-identity.ts";
import { verifyAidLogin } from "./connect-aid.ts";
import { type AuthContext, keyOf } from "./context.ts";
import { serialSource } from "./issue.ts";
import { aidLogin1, aidLogin2 } from "./login.ts";
import { publicFile } from "./public-files.ts";
import { refreshToken } from "./refresh.ts";
import { createAid, downloadCert, requestCert } from "./registration.ts";
import { rekey, renewCert } from "./renewal.ts";
import { clearState, emptyState } from "./state.ts";
import { accessToken, verifyToken } from "./tokens.ts";

export interface AuthServiceOptions {
  /** The domain whose AIDs are made here: `agentid.test` for `alice.agentid.test`. */
  readonly issuer: string;
  readonly clock: Clock;
  readonly rules: AuthServiceRules;
  /** Default: nobody can guess it. Keys are never made from it. */
  readonly random?: RandomSource;
  /** The WebSocket URL that discovery gives. */
  readonly gatewayUrl: () => string;
}

type Action = (context: AuthContext, call: Call) => JsonObject;

const actions: Readonly<Record<string, Action>> = {
  "auth.create_aid": createAid,
  "auth.aid_login1": aidLogin1,
  "auth.aid_login2": aidLogin2,
  "auth.refresh_token": refreshToken,
  "auth.renew_cert": renewCert,
  "auth.rekey": rekey,
  "auth.request_cert": requestCert,
  "auth.download_cert": downloadCert,
};

/** `meta.trust_roots` (AUN 06): the one root of this mock. */
function trustRoots({ chain, clock, issuer }: AuthContext, issuedAt: number): JsonObject {
  const { root } = chain;
  const roots = [
    {
      id: "gateproof-mock-root",
      name: root.name.commonName,
      organization: root.name.organization ?? "",
      certificate: root.certificate.pem,
      fingerprint_sha256: createHash("sha256").update(root.certificate.der).digest("hex"),
      status: "active",
      crl_url: `http://${issuer}/ca/crl`,
      ocsp_url: `http://${issuer}/pki/ocsp`,
    },
  ];
  const signed = signatureBy(root.privateKey, Buffer.from(JSON.stringify(roots))).toString("base64");
  return {
    version: 1,
    issued_at: new Date(issuedAt).toISOString(),
    next_update: new Date(clock.now() + DAY_MS).toISOString(),
    authority_signature: signed,
    root_cas: roots,
  };
}

/** Makes the chain and opens the auth service; it holds nothing that has to be closed. */
export function createAuthService(options: AuthServiceOptions): AuthService {
  const { issuer, clock, rules, random = systemRandom, gatewayUrl } = options;
  const startedAt = clock.now();
  const serial = serialSource(random);
  const chain = authorityChain(issuer, startedAt, serial);
  const auth = authIdentity(issuer, chain, startedAt, serial);
  const state = emptyState();
  const context: AuthContext = { issuer, clock, random, rules, state, chain, auth };
  const methods = new Map<string, Method>(
    Object.entries(actions).map(([name, action]) => [name, (call) => action(context, call)]),
  );

  return {
    methods,
    verifyToken: (token) => verifyToken(context, token),
    verifyAidLogin: (params) => verifyAidLogin(context, params),
    issueToken: (aid) => accessToken(context, aid, "connect").text,
    http(request) {
      const url = new URL(request.url);
      const response = discovery({ issuer, gatewayUrl, rules }, request, url) ?? publicFile(context, url);
      if (response === undefined) return undefined;
      if (request.method !== "GET" && request.method !== "HEAD") {
        return errorResponse(405, "METHOD_NOT_ALLOWED", "this is read with GET or HEAD");
      }
      return request.method === "GET"
        ? response
        : new Response(null, { status: response.status, headers: response.headers });
    },
    trustRoots: () => trustRoots(context, startedAt),
    known: (aid) => state.identities.has(aid),
    keyOf: (aid) => keyOf(context, aid),
    certificateOf: (aid) => state.identities.get(aid)?.current.pem,
    signAsIssuer: (text) => signatureBy(auth.privateKey, Buffer.from(text)).toString("base64"),
    rootCertificate: chain.root.certificate.pem,
    issued: () =>
      [...state.identities.values()].map(({ aid, certificates }) => {
        const serials = certificates.map((one) => one.serial);
        return { aid, serials, revoked: serials.filter((number) => state.revoked.has(number)) };
      }),
    reset: () => clearState(state),
  };
}
