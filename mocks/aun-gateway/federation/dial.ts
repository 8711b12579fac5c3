import type { Transport } from "../session/transport.ts";

/** What happens on a connection that we opened. */
export interface DialEvents {
  text(text: string): void;
  /** Also when it never opened. Called once. */
  closed(code: number, reason: string): void;
}

/** Opens a WebSocket to another gateway. */
export type Dial = (url: string, events: DialEvents) => Promise<Transport>;

const frameBytes = 4 * 1024 * 1024;
const handshakeMs = 5_000;

/** Dials with `ws`, loaded when the first link is opened. */
export const dialWebSocket: Dial = async (url, events) => {
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: frameBytes,
    handshakeTimeout: handshakeMs,
    followRedirects: false,
  });
  socket.on("message", (data, isBinary) => {
    if (!isBinary) events.text(data.toString());
  });
  // The close that follows an error says all that matters.
  socket.on("error", () => {});
  socket.on("close", (code, reason) => events.closed(code, reason.toString()));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: (code, reason) => (socket.readyState === WebSocket.OPEN ? socket.close(code, reason) : socket.terminate()),
    waitingBytes: () => socket.bufferedAmount,
  };
};
