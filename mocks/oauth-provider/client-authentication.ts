import type { ProviderContext } from "./context.ts";
import { OAuthError } from "./oauth-error.ts";
import type { ClientAuthMethod, OAuthClient } from "./options.ts";
import type { Parameters } from "./parameters.ts";

interface Credentials {
  readonly id: string;
  readonly secret: string;
  readonly method: ClientAuthMethod;
}

const refused = () => new OAuthError("invalid_client", "client authentication failed");

/** RFC 6749 § 2.3.1: both halves are form-encoded before they are joined and put into base64. */
function fromHeader(authorization: string): Credentials {
  const encoded = /^Basic +(?<credentials>[A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.groups?.["credentials"];
  if (encoded === undefined) throw refused();
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (colon < 0) throw refused();
  const decode = (text: string) => decodeURIComponent(text.replaceAll("+", " "));
  try {
    return { id: decode(pair.slice(0, colon)), secret: decode(pair.slice(colon + 1)), method: "client_secret_basic" };
  } catch {
    throw refused();
  }
}

function credentialsOf(request: Request, form: Parameters): Credentials {
  const authorization = request.headers.get("authorization");
  const secret = form.get("client_secret");
  const id = form.get("client_id");
  if (authorization === null) {
    if (id === undefined || secret === undefined) throw refused();
    return { id, secret, method: "client_secret_post" };
  }
  if (secret !== undefined) {
    throw new OAuthError("invalid_request", "a client authenticates in one way per request (RFC 6749 section 2.3)");
  }
  const credentials = fromHeader(authorization);
  if (id !== undefined && id !== credentials.id) throw refused();
  return credentials;
}

/** The client that sent the request. Throws {@link OAuthError} `invalid_client`, `invalid_request`. */
export function authenticatedClient(context: ProviderContext, request: Request, form: Parameters): OAuthClient {
  const { id, secret, method } = credentialsOf(request, form);
  const client = context.clients.get(id);
  if (client === undefined || !context.rules["token.clientIsAuthentic"](client, secret, method)) throw refused();
  return client;
}
