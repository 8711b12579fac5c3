import type { WebSocket } from "ws";
import type { FaultBoard } from "../../core/fault-board.ts";
import { firingLog } from "../../core/firing-log.ts";
import { type ActiveFault, UnknownFaultError } from "../../core/rules.ts";

/** What the server does to a WebSocket instead of what it should. */
interface SocketActions {
  /** The connection is open and nothing was sent yet. */
  readonly opened?: (socket: WebSocket) => void;
  readonly send?: (socket: WebSocket, text: string) => void;
  readonly close?: (socket: WebSocket, code: number, reason: string) => void;
}

/** A fault below JSON-RPC. */
export interface SocketFaultRow {
  readonly id: `wire.socket-${string}`;
  readonly requirement: "WIRE";
  /** What a server with this fault does, in one sentence. */
  readonly sentence: string;
  readonly rule: "wire";
  readonly kills: Readonly<Record<string, string>>;
  readonly actions: SocketActions;
}

function row(id: SocketFaultRow["id"], sentence: string, actions: SocketActions): SocketFaultRow {
  return { id, requirement: "WIRE", sentence, rule: "wire", kills: {}, actions };
}

const hugeBytes = 10 * 1024 * 1024;
const manyEvents = 100_000;

/** A text frame whose payload is not UTF-8 (RFC 6455 § 8.1 forbids it); `ws` itself would not check what it sends. */
const notUtf8 = Buffer.from([0x22, 0xff, 0xfe, 0x22]);

export const socketFaultRows: readonly SocketFaultRow[] = [
  row("wire.socket-half-open", "The connection stays open, and nothing is sent on it any more.", {
    send() {},
    close() {},
  }),
  row("wire.socket-closes-at-once", "Every connection is closed as soon as it is open.", {
    opened: (socket) => socket.close(1000),
    send() {},
  }),
  row("wire.socket-close-without-code", "Connections are closed without a close code.", {
    close: (socket) => socket.close(),
  }),
  row("wire.socket-cut", "Connections end without a close frame.", { close: (socket) => socket.terminate() }),
  row("wire.socket-fragments", "Every message is sent in fragments of three characters, with a ping between them.", {
    send(socket, text) {
      const characters = [...text];
      for (let at = 0; at < characters.length; at += 3) {
        if (at === 3) socket.ping();
        socket.send(characters.slice(at, at + 3).join(""), { fin: at + 3 >= characters.length });
      }
    },
  }),
  row("wire.socket-invalid-utf8", "Messages are text frames whose bytes are not UTF-8.", {
    send: (socket) => socket.send(notUtf8, { binary: false }),
  }),
  row("wire.socket-binary", "Messages are sent as binary frames.", {
    send: (socket, text) => socket.send(Buffer.from(text), { binary: true }),
  }),
  row("wire.socket-huge", "Every message is followed by one of ten megabytes.", {
    send(socket, text) {
      socket.send(text);
      const params = { filler: "x".repeat(hugeBytes) };
      socket.send(JSON.stringify({ jsonrpc: "2.0", method: "event/filler", params }));
    },
  }),
  row("wire.socket-event-flood", "A connection is flooded with a hundred thousand events when it opens.", {
    opened(socket) {
      const event = JSON.stringify({ jsonrpc: "2.0", method: "event/filler", params: {} });
      for (let count = 0; count < manyEvents; count += 1) socket.send(event);
    },
  }),
  row("wire.socket-garbage", "Messages are no JSON.", { send: (socket) => socket.send("\u0000{]garbage") }),
];

/** The wire faults of one gateway's WebSockets: which are active, and the counting of their uses. */
export interface SocketWire extends FaultBoard {
  opened(socket: WebSocket): void;
  send(socket: WebSocket, text: string): void;
  close(socket: WebSocket, code: number, reason: string): void;
}

interface Entry {
  readonly fault: ActiveFault;
  readonly row: SocketFaultRow;
  uses: number;
}

/** How long a client may take to answer a close frame before the connection is cut. */
const closeGraceMs = 2_000;

function closeProperly(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), closeGraceMs).unref();
}

export function socketWire(): SocketWire {
  const log = firingLog();
  const current = new Map<string, Entry>();
  /** The action of the first active fault that has one and fires now. */
  const firing = <Name extends keyof SocketActions>(name: Name): SocketActions[Name] | undefined => {
    for (const entry of current.values()) {
      const action = entry.row.actions[name];
      if (action === undefined) continue;
      entry.uses += 1;
      if (entry.fault.at !== undefined && entry.uses !== entry.fault.at) continue;
      log.fired(entry.row.id, entry.row.rule);
      return action;
    }
    return undefined;
  };
  return {
    faults: socketFaultRows,
    active: () => [...current.values()].map(({ fault }) => fault),
    activate(fault) {
      const found = socketFaultRows.find(({ id }) => id === fault.id);
      if (found === undefined) {
        throw new UnknownFaultError(
          fault.id,
          socketFaultRows.map(({ id }) => id),
        );
      }
      current.set(found.id, { fault, row: found, uses: 0 });
    },
    fired: log.entries,
    clear() {
      current.clear();
      log.clear();
    },
    opened: (socket) => (current.size === 0 ? undefined : firing("opened")?.(socket)),
    send(socket, text) {
      const wrong = current.size === 0 ? undefined : firing("send");
      if (wrong !== undefined) wrong(socket, text);
      else if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: (socket, code, reason) => (firing("close") ?? closeProperly)(socket, code, reason),
  };
}
