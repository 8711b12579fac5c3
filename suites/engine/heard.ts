import { setImmediate } from "node:timers/promises";

/**
 * Resolves when everything has been read that had come by now, over whatever connection. A target may repeat in its
 * answer to one check what it has just told another one: that stands unread in another socket while the answer is worked
 * on, and has to be learned before the evidence is redacted.
 */
export async function allHeard(): Promise<void> {
  // What the loop knew to be readable is read before the first turn ends; what came meanwhile, in the second one.
  await setImmediate();
  await setImmediate();
}
