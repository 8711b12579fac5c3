import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Addresses, MockOptions, MockSide } from "./mock-side.ts";

/** A mock that can be opened in a thread of its own: the names of the files in threads/. */
export type Threaded = "ath-native" | "ath-gateway" | "ath-handshake" | "aun-gateway";

/** What the thread is told when the mock is wanted. */
export interface OpenMessage {
  readonly options: MockOptions;
}

/** What a mock makes for one answer is garbage after it; V8 would let 48 MB of that lie beside what the kit holds. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/** What the thread is told after it said where it serves. */
export interface MountMessage<Known> {
  readonly known: Known;
}

/**
 * Starts the thread of a mock, which loads what the mock is made of: half of what starting costs, and on two cores it
 * passes while the kit loads its own half. It does not keep the process alive before the mock is wanted.
 */
export function startThread(mock: Threaded): Worker {
  // The build renames .ts to .js; a worker's file name is no import that it would rewrite.
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const thread = new Worker(new URL(`./threads/${mock}.${extension}`, import.meta.url), { resourceLimits });
  thread.unref();
  return thread;
}

/**
 * Opens a mock in its thread, so that on two cores the target works while the kit does. What goes wrong there is thrown
 * here; a thread that dies later ends the process, as the mock would have done in it.
 */
export async function inOwnThread<Known, Where extends Addresses>(
  thread: Worker,
  { faults, mount }: MockOptions,
): Promise<MockSide<Known, Where>> {
  thread.ref();
  const message: OpenMessage = { options: { ...(faults && { faults }), ...(mount && { mount }) } };
  thread.postMessage(message);
  const [addresses] = await once(thread, "message");
  return {
    addresses,
    async mount(known) {
      const message: MountMessage<Known> = { known };
      thread.postMessage(message);
      await once(thread, "message");
    },
    async close() {
      await thread.terminate();
    },
  };
}
