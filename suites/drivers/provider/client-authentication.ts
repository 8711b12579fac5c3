import { timingSafeEqual } from "node:crypto";
import { header } from "../../engine/evidence.ts";
import type { Arrival } from "../kit-server.ts";

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who says to be calling: by HTTP Basic or in the form (RFC 6749 § 2.3.1). */
export function presentedCredentials(arrival: Arrival, form: URLSearchParams): ClientCredentials | undefined {
  const basic = /^basic\s+(\S+)$/i.exec(header(arrival, "authorization") ?? "")?.[1];
  if (basic === undefined) {
    const clientId = form.get("client_id");
    const clientSecret = form.get("client_secret");
    return clientId === null || clientSecret === null ? undefined : { clientId, clientSecret };
  }
  const [clientId = "", ...rest] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return { clientId, clientSecret: rest.join(":") };
}

/** True when the target is the client that the kit was configured with. Basic may or may not be form-encoded first. */
export function isClient(presented: ClientCredentials | undefined, expected: ClientCredentials): boolean {
  if (presented === undefined) return false;
  const matches = (given: string, wanted: string) => same(given, wanted) || same(formDecoded(given), wanted);
  return matches(presented.clientId, expected.clientId) && matches(presented.clientSecret, expected.clientSecret);
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function formDecoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
