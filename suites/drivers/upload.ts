import type { ClientRequest } from "node:http";

const pieceBytes = 128 * 1024;

/**
 * Writes a request body and ends the request. Large bodies go out piece by piece with a turn of the event loop in
 * between, so that a target that refuses early and closes is heard before a write into the closed connection fails.
 * `done()` true stops it.
 */
export function upload(request: ClientRequest, body: Buffer, done: () => boolean): void {
  if (body.length <= pieceBytes) {
    request.end(body);
    return;
  }
  let offset = 0;
  const writeNext = () => {
    if (done() || request.destroyed) return;
    const piece = body.subarray(offset, offset + pieceBytes);
    offset += piece.length;
    if (offset >= body.length) {
      request.end(piece);
      return;
    }
    request.write(piece, (error) => {
      if (!error) setImmediate(writeNext);
    });
  };
  writeNext();
}
