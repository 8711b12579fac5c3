import type { HeaderList } from "../../engine/evidence.ts";
import { text } from "../../engine/json.ts";
import type { Reply } from "../reply.ts";
import type { HandshakeSettings } from "./settings.ts";

type Correlation = HandshakeSettings["correlation"];

const headerName = "X-ATH-Handshake-ID";
const cookieName = "ath_handshake";

/** The handshake's id in the answer to handshake_request; undefined when it is not where the binding has it. */
export function handshakeIdIn(reply: Reply, correlation: Correlation): string | undefined {
  const headers = reply.exchange.response?.headers ?? [];
  const found = {
    body: () => text(reply.json, "handshake_id"),
    header: () => headerIn(headers),
    cookie: () => cookieIn(headers),
  };
  const id = found[correlation]();
  return id === "" ? undefined : id;
}

/** What carries the id in a later message: a member of its body or a header; neither when there is none to carry. */
export function carrying(
  id: string | null,
  correlation: Correlation,
): { readonly body: Readonly<Record<string, string>>; readonly headers: Readonly<Record<string, string>> } {
  if (id === null) return { body: {}, headers: {} };
  if (correlation === "body") return { body: { handshake_id: id }, headers: {} };
  return { body: {}, headers: correlation === "header" ? { [headerName]: id } : { Cookie: `${cookieName}=${id}` } };
}

function headerIn(headers: HeaderList): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === headerName.toLowerCase())?.[1];
}

function cookieIn(headers: HeaderList): string | undefined {
  const prefix = `${cookieName}=`;
  return headers
    .filter(([name, value]) => name.toLowerCase() === "set-cookie" && value.startsWith(prefix))
    .map(([, value]) => value.slice(prefix.length).split(";", 1)[0])[0];
}
