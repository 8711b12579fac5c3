const known = new WeakMap<Request, Uint8Array>();

/** A request whose body was read from the wire already: an ordinary Request, of which no stream has to be read again. */
export function knownRequest(url: string, init: RequestInit & { readonly body: Uint8Array }): Request {
  const request = new Request(url, init);
  known.set(request, init.body);
  return request;
}

/** The body that the request was made with; undefined when it has to be read, or was read already. */
export function bodyOf(request: Request): Uint8Array | undefined {
  return request.bodyUsed ? undefined : known.get(request);
}
