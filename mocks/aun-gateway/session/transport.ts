/** What carries the frames of one connection: `ws`, another WebSocket implementation, or an array in a test. */
export interface Transport {
  send(text: string): void;
  /** Ends the connection with a WebSocket close code. */
  close(code: number, reason: string): void;
  /** Bytes taken by `send` that are not on the wire yet. */
  waitingBytes(): number;
}
