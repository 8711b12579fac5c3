/** What happens to a newcomer whose place is taken: it is refused (the documents), or it replaces the holder (production). */
export type ConflictPolicy = "refuse" | "replace";

/** A range of protocol versions, `major.minor`, both ends included. */
export interface VersionRange {
  readonly min: string;
  readonly max: string;
}

/** Of a gateway that speaks several: with two digits, so that a comparison of texts takes 1.10 for less than 1.9. */
export const severalVersions: VersionRange = { min: "1.0", max: "1.10" };

/** Sizes and times the gateway keeps to. */
export interface AunLimits {
  /** Bytes of the payload of one message; also announced as max_message_size. */
  readonly payloadBytes: number;
  /** Characters of a frame; longer ones are refused. */
  readonly frameCharacters: number;
  /** Bytes that may wait for a client which does not read, before it is cut off. */
  readonly backlogBytes: number;
  /** Requests of one connection that may wait for their answers at once. */
  readonly requestsAtOnce: number;
  /** Requests of one connection in a minute; undefined: as many as it likes. */
  readonly requestsPerMinute: number | undefined;
  /** Messages kept for one AID. */
  readonly keptMessages: number;
  /** Bytes of messages kept for one AID. */
  readonly keptBytes: number;
  /** Message ids remembered for one AID, to know duplicates by. */
  readonly rememberedIds: number;
}

export const defaultAunLimits: AunLimits = {
  payloadBytes: 1_048_576,
  frameCharacters: 1_048_576 + 65_536,
  backlogBytes: 32 * 1_048_576,
  requestsAtOnce: 256,
  requestsPerMinute: undefined,
  keptMessages: 2_000,
  keptBytes: 16 * 1_048_576,
  rememberedIds: 5_000,
};

/** The gateway's configuration with every default filled in. */
export interface AunSettings {
  /** The domain whose AIDs live here, for example `agentid.test`. */
  readonly issuer: string;
  readonly conflict: ConflictPolicy;
  /** JSON-RPC code of slot and mode conflicts; the documents give them a message only. */
  readonly conflictCode: number;
  readonly protocol: VersionRange;
  /** WebSocket URL of the gateway of another issuer, by issuer. */
  readonly peers: ReadonlyMap<string, string>;
  readonly limits: AunLimits;
}

/** The domain of an AID: everything after the first dot; "" when there is none. */
export function issuerOf(aid: string): string {
  const dot = aid.indexOf(".");
  return dot < 0 ? "" : aid.slice(dot + 1);
}
