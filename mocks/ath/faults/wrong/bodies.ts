import { isUtf8 } from "node:buffer";
import { type BodySource, bytesOf } from "../../body-source.ts";

/** Decodes a body as UTF-8 and encodes it again, as a client does that only knows text; no body stays none. */
export async function throughText(body: BodySource): Promise<BodySource> {
  return body === undefined ? undefined : Buffer.from(Buffer.from(await bytesOf(body)).toString("utf8"));
}

/** Parses a JSON body and prints it again; what is no JSON stays as it is. */
export async function throughJson(body: BodySource, contentType: string | undefined): Promise<BodySource> {
  if (body === undefined || contentType?.includes("json") !== true) return body;
  const bytes = await bytesOf(body);
  try {
    return Buffer.from(JSON.stringify(JSON.parse(Buffer.from(bytes).toString("utf8"))));
  } catch {
    return bytes;
  }
}

/** The first bytes of a body. */
export async function firstBytes(body: BodySource, count: number): Promise<BodySource> {
  return body === undefined ? undefined : (await bytesOf(body)).subarray(0, count);
}

/** Drops a body that is not text. */
export async function textOnly(body: BodySource): Promise<BodySource> {
  const bytes = await bytesOf(body);
  return isUtf8(bytes) ? bytes : undefined;
}
