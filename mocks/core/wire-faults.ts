import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import { type FiredFault, firingLog } from "./firing-log.ts";
import { type ActiveFault, UnknownFaultError } from "./rules.ts";

/** A fault below HTTP: what the server does to the connection instead of answering. */
export interface WireFaultRow {
  readonly id: "wire.reset" | "wire.cut" | "wire.stall" | "wire.garbage" | "wire.flood";
  readonly requirement: "WIRE";
  /** What a server with this fault does, in one sentence. */
  readonly sentence: string;
  readonly rule: "wire";
  readonly kills: Readonly<Record<string, string>>;
  readonly strike: (outgoing: ServerResponse, incoming: IncomingMessage) => void;
}

/** An active wire fault; with `path` it strikes only requests whose target begins so. */
export interface ActiveWireFault extends ActiveFault {
  readonly path?: string;
}

/** What a client would take for the start of a good answer. */
function beginJson(outgoing: ServerResponse, announcedBytes: number): void {
  outgoing.writeHead(200, { "content-type": "application/json", "content-length": announcedBytes });
  outgoing.write('{"code":"');
}

const floodChunk = Buffer.alloc(64 * 1024, " ");

export const wireFaultRows: readonly WireFaultRow[] = [
  {
    id: "wire.reset",
    requirement: "WIRE",
    sentence: "The connection is reset before a byte of the answer.",
    rule: "wire",
    kills: {},
    strike: (_, { socket }) => {
      // Only a bare TCP socket can send a reset; through TLS the connection just ends.
      if (socket instanceof TLSSocket) socket.destroy();
      else socket.resetAndDestroy();
    },
  },
  {
    id: "wire.cut",
    requirement: "WIRE",
    sentence: "The connection ends after the first bytes of the announced body.",
    rule: "wire",
    kills: {},
    strike: (outgoing) => {
      beginJson(outgoing, 1024);
      outgoing.socket?.end();
    },
  },
  {
    id: "wire.stall",
    requirement: "WIRE",
    sentence: "The answer begins and then nothing more comes, on an open connection.",
    rule: "wire",
    kills: {},
    strike: (outgoing) => beginJson(outgoing, 1024),
  },
  {
    id: "wire.garbage",
    requirement: "WIRE",
    sentence: "The answer is bytes that are no HTTP.",
    rule: "wire",
    kills: {},
    strike: (_, { socket }) => {
      socket.end(Buffer.from([0x00, 0xff, 0x16, 0x03, 0x01, 0x0d, 0x0a, 0x0d, 0x0a, 0x7f]));
    },
  },
  {
    id: "wire.flood",
    requirement: "WIRE",
    sentence: "The body never ends.",
    rule: "wire",
    kills: {},
    strike: (outgoing) => {
      outgoing.writeHead(200, { "content-type": "application/json" });
      const pour = () => {
        // Writes as fast as the client reads; memory stays at one chunk.
        while (!outgoing.destroyed && outgoing.write(floodChunk));
      };
      outgoing.on("drain", pour);
      pour();
    },
  },
];

/** The wire faults of one server: which are active, and the counting of their uses. */
export interface WireFaults {
  readonly faults: readonly WireFaultRow[];
  active(): readonly ActiveWireFault[];
  /** The faults that struck since the last `clear`. */
  fired(): readonly FiredFault[];
  /** Throws {@link UnknownFaultError}. */
  activate(fault: ActiveWireFault): void;
  clear(): void;
  /** True when a fault struck, so that nobody answers any more. Called by the server for each request. */
  strike(incoming: IncomingMessage, outgoing: ServerResponse): boolean;
}

export function wireFaults(active: readonly ActiveWireFault[] = []): WireFaults {
  const log = firingLog();
  const current = new Map<string, { readonly fault: ActiveWireFault; readonly row: WireFaultRow; uses: number }>();
  const book: WireFaults = {
    faults: wireFaultRows,
    active: () => [...current.values()].map(({ fault }) => fault),
    activate(fault) {
      const row = wireFaultRows.find(({ id }) => id === fault.id);
      if (row === undefined) {
        throw new UnknownFaultError(
          fault.id,
          wireFaultRows.map(({ id }) => id),
        );
      }
      current.set(row.id, { fault, row, uses: 0 });
    },
    fired: log.entries,
    clear() {
      current.clear();
      log.clear();
    },
    strike(incoming, outgoing) {
      if (current.size === 0) return false;
      for (const entry of current.values()) {
        const { at, path } = entry.fault;
        if (path !== undefined && incoming.url?.startsWith(path) !== true) continue;
        entry.uses += 1;
        if (at !== undefined && entry.uses !== at) continue;
        log.fired(entry.row.id, entry.row.rule);
        entry.row.strike(outgoing, incoming);
        return true;
      }
      return false;
    },
  };
  for (const fault of active) book.activate(fault);
  return book;
}
