/** What a response that was made in one piece consists of: no stream has to be read to send it. */
export interface KnownResponse {
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: Uint8Array | undefined;
}

const known = new WeakMap<Response, KnownResponse>();

/** A response made in one piece. The node server sends it as it is; everywhere else it is an ordinary Response. */
export function knownResponse(status: number, content: KnownResponse): Response {
  const headers = new Headers();
  for (const [name, value] of content.headers) headers.append(name, value);
  const response = new Response(content.body ?? null, { status, headers });
  known.set(response, content);
  return response;
}

/** What the response was made of; undefined when it has to be read, or was read already. */
export function contentOf(response: Response): KnownResponse | undefined {
  return response.bodyUsed ? undefined : known.get(response);
}
