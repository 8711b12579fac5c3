import { randomBytes } from "node:crypto";
import type { AunConnection, AunWorld, Identity, Session } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { member } from "../engine/json.ts";
import type { RpcCall } from "../engine/rpc.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { rpcFuzz, type WriteParams } from "../kinds/rpc-fuzz.ts";
import { stillOpen } from "./shared/raw-frames.ts";

/** A request whose params are written by hand, and what answers it. */
interface Written {
  readonly method: string;
  readonly params: unknown;
  readonly write: WriteParams;
}

async function callWritten(
  world: AunWorld,
  connection: AunConnection,
  { method, params, write }: Written,
): Promise<RpcCall> {
  const id = world.unique("fuzz");
  const [idText, methodText] = [JSON.stringify(id), JSON.stringify(method)];
  const frame = connection.send(`{"jsonrpc":"2.0","id":${idText},"method":${methodText},"params":${write(params)}}`);
  // An answer with the id null is one to something that the target could not read.
  return connection.answer(frame, ({ method: push, message }) => {
    const answered = member(message, "id");
    return push === undefined && (answered === id || answered === null);
  });
}

/** One AID that writes, and one that is written to. */
interface Correspondents {
  session: Session;
  readonly receiver: Identity;
}

/** An AID that connects, and whether it has been let in: the target may notice late that it went, and refuse it meanwhile. */
interface Comer {
  readonly identity: Identity;
  connected: boolean;
}

async function connectWritten(world: AunWorld, identity: Identity, write: WriteParams): Promise<RpcCall> {
  await world.token(identity);
  const connection = await world.connection();
  const params = await world.connectParams(connection, identity);
  const call = await callWritten(world, connection, { method: "auth.connect", params, write });
  // What was granted in another delivery mode must not be in the way of the next connection (A57).
  await connection.close();
  return call;
}

/** Mutations of the params of the methods that everybody uses, by their schemas (A119). */
export const fuzzChecks: readonly Check<AunWorld>[] = [
  rpcFuzz<AunWorld, Comer>({
    id: "A119.fuzz-connect",
    requirement: "A119",
    title: "no mutation of auth.connect breaks the gateway or connects without what it must say",
    message: "AunConnectRequest",
    begin: async (world) => ({ identity: await world.identity(), connected: false }),
    async send(world, comer, write) {
      const until = performance.now() + (comer.connected ? world.patience : 0);
      for (;;) {
        const call = await connectWritten(world, comer.identity, write);
        comer.connected ||= grantedCall(call);
        if (grantedCall(call) || performance.now() > until) return call;
        await world.wait(25);
      }
    },
  }),
  rpcFuzz<AunWorld, Identity>({
    id: "A119.fuzz-login",
    requirement: "A119",
    title: "no mutation of auth.aid_login1 breaks the gateway or begins a login without an AID",
    message: "AunLoginRequest",
    // The documents do not say what is refused at once and what at the second step.
    harmless: ["cert", "client_nonce"],
    begin: (world) => world.identity(),
    async send(world, { aid, certificate }, write) {
      const params = { aid, cert: certificate, client_nonce: randomBytes(12).toString("base64") };
      return callWritten(world, await world.side(), { method: "auth.aid_login1", params, write });
    },
  }),
  rpcFuzz<AunWorld, undefined>({
    id: "A119.fuzz-create-aid",
    requirement: "A119",
    needs: ["open-registration"],
    title: "no mutation of auth.create_aid breaks the gateway or certifies without name or key",
    message: "AunCreateAidRequest",
    begin: async () => undefined,
    async send(world, _, write) {
      const { aid, publicKey } = world.stranger();
      const params = { aid, public_key: publicKey, curve: "P-256" };
      return callWritten(world, await world.side(), { method: "auth.create_aid", params, write });
    },
  }),
  rpcFuzz<AunWorld, Correspondents>({
    id: "A119.fuzz-messages",
    requirement: "A119",
    title: "no mutation of message.send breaks the gateway or sends without receiver or payload",
    message: "AunSendRequest",
    // Every refusal of message.send has this code (AUN message service § message.send).
    refusals: [-32603],
    begin: async (world) => ({ session: await world.session(), receiver: await world.identity() }),
    async send(world, ready, write) {
      ready.session = await stillOpen(world, ready.session);
      const params = { to: ready.receiver.aid, payload: { text: "fuzz" } };
      return callWritten(world, ready.session, { method: "message.send", params, write });
    },
  }),
];
