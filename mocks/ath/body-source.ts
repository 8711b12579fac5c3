/** A message body: whole, as a stream, or none. */
export type BodySource = Uint8Array | ReadableStream<Uint8Array> | undefined;

/** Header fields in the order they came, repeated ones kept. */
export type HeaderList = ReadonlyArray<readonly [name: string, value: string]>;

/** What a provider's API answered. */
export interface UpstreamResponse {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: BodySource;
}

/** Reads a body to its end. */
export async function bytesOf(body: BodySource): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The first value of a field; `name` in lower case. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  return headers.find(([field]) => field.toLowerCase() === name)?.[1];
}
