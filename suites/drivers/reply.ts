import type { Exchange } from "../engine/evidence.ts";

/**
 * What a driver call gives back while a check is being driven: the exchange as recorded (with the true values; the
 * recorder redacts when the drive is over) and what the kit read from it.
 */
export interface Reply {
  readonly exchange: Exchange;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The parsed JSON body; undefined when it is none. */
  readonly json: unknown;
  /** The whole body as it came (up to the client's limit). */
  readonly bytes: Buffer;
  /** granted(exchange): the target gave what was asked for. */
  readonly granted: boolean;
}
