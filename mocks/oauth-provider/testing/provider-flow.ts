import { createHash } from "node:crypto";
import { type ShiftableClock, shiftableClock } from "../../core/clock.ts";
import type { OAuthClient, OAuthProviderOptions } from "../options.ts";
import { createOAuthProvider, type OAuthProvider } from "../provider.ts";

export const issuer = "https://provider.test";
export const redirectUri = "https://gateway.test/ath/callback";
export const mail: OAuthClient = {
  client_id: "gateway",
  client_secret: "gateway secret:%+",
  redirect_uris: [redirectUri],
};
export const other: OAuthClient = { client_id: "other", client_secret: "other-secret" };
export const verifier = "v".repeat(43);
export const challenge = createHash("sha256").update(verifier).digest("base64url");

export const goodRequest: Readonly<Record<string, string>> = {
  response_type: "code",
  client_id: mail.client_id,
  redirect_uri: redirectUri,
  scope: "mail:read mail:send",
  state: "state with + & %",
  code_challenge: challenge,
  code_challenge_method: "S256",
};

/** A change of a good request: undefined leaves the parameter out. */
export type Change = Readonly<Record<string, string | undefined>>;

function changed(good: Readonly<Record<string, string>>, change: Change): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...good, ...change })) if (value !== undefined) query.set(name, value);
  return query;
}

export function basicHeader({ client_id, client_secret }: OAuthClient): string {
  const encode = (text: string) => new URLSearchParams({ text }).toString().slice("text=".length);
  return `Basic ${Buffer.from(`${encode(client_id)}:${encode(client_secret)}`).toString("base64")}`;
}

/** A provider without a port, and the steps of a client and its user. */
export interface Flow {
  readonly provider: OAuthProvider;
  readonly clock: ShiftableClock;
  authorize(change?: Change, more?: string, headers?: Record<string, string>): Promise<Response>;
  /** The query of the redirect that answers /authorize. */
  returned(change?: Change, more?: string): Promise<URLSearchParams>;
  /** A form to an endpoint, authenticated as `client` (HTTP Basic). */
  post(path: string, form: Change | URLSearchParams, client?: OAuthClient | undefined): Promise<Response>;
  /** The token response for a code. */
  exchange(code: string, change?: Change, client?: OAuthClient): Promise<Response>;
  /** Through both steps; gives the token response. */
  tokens(change?: Change): Promise<TokenAnswer>;
  refresh(refreshToken: string, change?: Change): Promise<Response>;
  isActive(token: string): Promise<boolean>;
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope: string;
}

function isTokenAnswer(value: unknown): value is TokenAnswer {
  return typeof value === "object" && value !== null && "access_token" in value;
}

export async function tokenAnswer(response: Response): Promise<TokenAnswer> {
  const value: unknown = await response.json();
  if (!isTokenAnswer(value)) throw new Error(`no tokens but ${JSON.stringify(value)}`);
  return value;
}

export function startFlow(options: Partial<OAuthProviderOptions> = {}): Flow {
  const clock = shiftableClock(() => Date.UTC(2026, 0, 1));
  const provider = createOAuthProvider({
    issuer,
    clock,
    clients: [mail, other],
    scopes: ["mail:read", "mail:send", "mail:delete"],
    ...options,
  });
  provider.consent.set({ user: "alice", grant: "all" });

  const flow: Flow = {
    provider,
    clock,
    authorize: (change = {}, more = "", headers = {}) =>
      provider.handler(new Request(`${issuer}/authorize?${changed(goodRequest, change)}${more}`, { headers })),
    async returned(change, more) {
      const location = (await flow.authorize(change, more)).headers.get("location");
      if (location === null) throw new Error("no redirect");
      return new URL(location).searchParams;
    },
    post(path, form, client = mail) {
      const body = form instanceof URLSearchParams ? form : changed({}, form);
      const headers = { authorization: basicHeader(client) };
      return provider.handler(new Request(`${issuer}${path}`, { method: "POST", body, headers }));
    },
    exchange(code, change = {}, client = mail) {
      const good = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
      return flow.post("/token", changed(good, change), client);
    },
    async tokens(change) {
      const code = (await flow.returned(change)).get("code") ?? "";
      return tokenAnswer(await flow.exchange(code));
    },
    refresh: (refreshToken, change = {}) =>
      flow.post("/token", changed({ grant_type: "refresh_token", refresh_token: refreshToken }, change)),
    async isActive(token) {
      const answer: unknown = await (await flow.post("/introspect", { token })).json();
      return typeof answer === "object" && answer !== null && "active" in answer && answer.active === true;
    },
  };
  return flow;
}
