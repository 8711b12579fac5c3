import type { AunConnection, AunWorld, Identity } from "../../drivers/aun/world.ts";
import { requireResult } from "../../kinds/rpc-control.ts";
import { deliveries } from "./deliveries.ts";
import { arrivalOf, deliverText, gather, pushedOn } from "./mail.ts";
import { type Claim, claimFreed } from "./places.ts";

/** How long a push may take before it counts as lost, ms; a case has many of them. */
const pushMs = 500;

/** One connection of a receiver. */
export interface Line extends Claim {
  /** The messages that were sent while it was open; each must be pushed on it. */
  readonly due: readonly string[];
}

/** A receiver in fanout mode whose connections, one for each slot, come and go. */
export interface Receiver {
  /** Every connection it ever had. */
  readonly lines: readonly Line[];
  /** False when a push did not come in time. */
  readonly complete: boolean;
  /** The connection of a slot, made when there is none. */
  open(slot: string): Promise<AunConnection>;
  /** Ends the connection of a slot, if there is one, after what was sent before has come. */
  end(slot: string, how: "close" | "drop"): Promise<void>;
  /** A message to it. */
  send(sender: AunConnection, message: string): Promise<void>;
  /** Waits for what was sent, on every connection that is open. */
  settle(): Promise<void>;
}

interface OpenLine extends Line {
  readonly due: string[];
}

export function createReceiver(world: AunWorld, identity: Identity): Receiver {
  const device = world.unique("device");
  const lines: OpenLine[] = [];
  const bySlot = new Map<string, OpenLine>();
  let complete = true;

  const hasAll = ({ connection, due }: OpenLine) => {
    const came = new Set(pushedOn(connection).map(({ params }) => arrivalOf(params).text));
    return due.every((message) => came.has(message));
  };

  const settle = async (those: readonly OpenLine[]) => {
    await gather(world, those, () => those.every(hasAll), pushMs);
    complete &&= those.every(hasAll);
  };

  return {
    lines,
    get complete() {
      return complete;
    },
    async open(slot) {
      const there = bySlot.get(slot);
      if (there !== undefined) return there.connection;
      const options = { device, slot, delivery: deliveries.fanout };
      const claimed = await claimFreed(world, `line-${lines.length + 1}`, identity, options);
      requireResult(claimed.call, "auth.connect");
      const line = { ...claimed, due: [] };
      lines.push(line);
      bySlot.set(slot, line);
      return line.connection;
    },
    async end(slot, how) {
      const line = bySlot.get(slot);
      if (line === undefined) return;
      bySlot.delete(slot);
      await settle([line]);
      await line.connection[how]();
    },
    async send(sender, message) {
      await deliverText(world, sender, identity.aid, message);
      for (const line of bySlot.values()) line.due.push(message);
    },
    settle: () => settle([...bySlot.values()]),
  };
}
