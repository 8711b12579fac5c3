import type { AuditLine } from "../ath/audit-entry.ts";
import type { IssuedToken } from "../ath/engine/implementor.ts";
import type { AthHandshake } from "../ath-handshake/gateway.ts";
import type { AunGateway } from "../aun-gateway/gateway.ts";
import type { OAuthProvider } from "../oauth-provider/provider.ts";
import type { StartedMock, StartOptions } from "../start/common.ts";
import { startMock } from "../start.ts";
import { type AskingMock, askedBy, handleOf, type MockHandle } from "./handle.ts";

/** What every mock can be started with; port 0 (the default) is any free port of the loopback interface. */
export type MockOptions = Pick<
  StartOptions,
  "host" | "port" | "controlPort" | "publicUrl" | "faults" | "seed" | "tls" | "clock"
>;

/** A mock that serves on a port of its own. */
export interface ServedMock extends MockHandle {
  /** Where its control API is, for processes that are not this one. */
  readonly controlUrl: string;
  /** Path of the authority's certificate (PEM), when it serves over TLS. */
  readonly ca?: string;
}

export type AthGatewayMockOptions = MockOptions & Pick<StartOptions, "config" | "apiBase" | "overrides">;

export interface AthGatewayMock extends ServedMock, AskingMock {
  /** The OAuth provider behind it; undefined where the configuration names others. */
  readonly provider?: { readonly url: string; readonly clientId: string };
  audit(): readonly AuditLine[];
  /** The issued tokens, without the tokens. */
  tokens(): readonly IssuedToken[];
}

export type AthNativeMockOptions = MockOptions & Pick<StartOptions, "config" | "overrides">;

export interface AthNativeMock extends ServedMock, AskingMock {
  audit(): readonly AuditLine[];
  tokens(): readonly IssuedToken[];
}

export type AthHandshakeMockOptions = MockOptions & Pick<StartOptions, "handshake">;

export interface AthHandshakeMock
  extends ServedMock,
    Pick<AthHandshake, "audit" | "tokens" | "revokeToken" | "revokeUser"> {
  /** The pages where its own users are asked, by name. */
  readonly users: Readonly<Record<string, string>>;
  /** The systems behind it, by name. */
  readonly backends: Readonly<Record<string, string>>;
}

export type AunGatewayMockOptions = MockOptions & StartOptions["aun"];

export interface AunGatewayMock extends ServedMock, Pick<AunGateway, "pair" | "connections" | "peers" | "identities"> {
  /** Its WebSocket URL. */
  readonly gatewayUrl: string;
  readonly issuer: string;
  /** The root certificate (PEM) that its certificates lead to. */
  readonly rootCertificate: string;
}

export interface OAuthProviderMock extends ServedMock, AskingMock, Pick<OAuthProvider, "tokens"> {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The reference gateway of ATH 0.1; without configured providers, before an OAuth provider of its own. */
export async function startAthGateway(options: AthGatewayMockOptions = {}): Promise<AthGatewayMock> {
  const mock = await startMock("ath-gateway", options);
  const { provider, client_id: clientId = "" } = mock.ready;
  const { audit, tokens } = part(mock.gateway);
  return {
    ...served(mock),
    ...asking(mock),
    ...(provider === undefined ? {} : { provider: { url: provider, clientId } }),
    audit,
    tokens,
  };
}

/** The reference native service of ATH 0.1. */
export async function startAthNative(options: AthNativeMockOptions = {}): Promise<AthNativeMock> {
  const mock = await startMock("ath-native", options);
  const { audit, tokens } = part(mock.native);
  return { ...served(mock), ...asking(mock), audit, tokens };
}

/** The reference gateway of the nine-step handshake, before its three backends. */
export async function startAthHandshake(options: AthHandshakeMockOptions = {}): Promise<AthHandshakeMock> {
  const mock = await startMock("ath-handshake", options);
  const { audit, tokens, revokeToken, revokeUser } = part(mock.handshake);
  const { users = {}, backends = {} } = mock.ready;
  return { ...served(mock), audit, tokens, revokeToken, revokeUser, users, backends };
}

/** The reference AUN gateway of one domain. */
export async function startAunGateway(options: AunGatewayMockOptions = {}): Promise<AunGatewayMock> {
  const mock = await startMock("aun-gateway", { ...options, aun: options });
  const { pair, connections, peers, identities, auth } = part(mock.aun);
  const { gateway: gatewayUrl = "", issuer = "" } = mock.ready;
  const { rootCertificate } = auth;
  return { ...served(mock), pair, connections, peers, identities, gatewayUrl, issuer, rootCertificate };
}

/** The reference OAuth 2.0 provider alone, with an echo API behind it. */
export async function startOAuthProvider(options: MockOptions = {}): Promise<OAuthProviderMock> {
  const mock = await startMock("oauth-provider", options);
  const { ready, clientSecret = "" } = mock;
  const { tokens } = part(mock.provider);
  return { ...served(mock), ...asking(mock), tokens, clientId: ready.client_id ?? "", clientSecret };
}

function served(mock: StartedMock): ServedMock {
  const { ready, controls } = mock;
  const { url, control: controlUrl, ca } = ready;
  return { ...handleOf(url, controls, mock.close), controlUrl, ...(ca === undefined ? {} : { ca }) };
}

function asking({ controls: { consent } }: StartedMock): AskingMock {
  if (consent !== undefined) return askedBy(consent);
  return {
    consent() {
      throw new NoConsentPageError();
    },
  };
}

/** The users are asked by a provider that is not ours. */
export class NoConsentPageError extends Error {
  readonly code = "NO_CONSENT_PAGE";
  constructor() {
    super("this mock asks no user: its configuration names providers of its own, and they do");
  }
}

/** What the starter of this kind of mock always gives. */
function part<Part>(given: Part | undefined): Part {
  if (given === undefined) throw new Error("the starter left out a part of its mock");
  return given;
}
