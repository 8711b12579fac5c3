import { once } from "node:events";
import { parentPort } from "node:worker_threads";
import type { Addresses, OpenMock } from "./mock-side.ts";
import type { MountMessage, OpenMessage } from "./own-thread.ts";

/** The other end of {@link inOwnThread}: opens the mock, says where it serves, and mounts it when it is told what it needs. */
export async function serveThread<Known, Where extends Addresses>(open: OpenMock<Known, Where>): Promise<void> {
  if (parentPort === null) throw new Error("this file is the entry of a thread");
  const [wanted] = await once(parentPort, "message");
  const { options }: OpenMessage = wanted;
  const { addresses, mount } = await open(options);
  const told = once(parentPort, "message");
  parentPort.postMessage(addresses);
  const [message] = await told;
  const { known }: MountMessage<Known> = message;
  await mount(known);
  parentPort.postMessage("mounted");
}
