import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { acceptance } from "../kinds/acceptance.ts";
import { grantedOperations, operationsOf, partsOf, scopePair, systemPair } from "./shared/operations.ts";
import { refusedCall, type WorkingCall, workingCall } from "./shared/refused-call.ts";

/** A connection with all scopes, calling what a narrower one must not. */
async function allowedCall({ agent }: HandshakeWorld, operation: string): Promise<WorkingCall> {
  const connection = await agent.connected();
  return { reply: await agent.call(connection, { operation }), connection };
}

/** Methods that no scope allows on the path, where others are allowed. */
function otherMethods(operations: readonly string[], path: string): readonly string[] {
  return ["DELETE", "PUT", "PATCH", "POST", "GET"]
    .filter((method) => !operations.includes(`${method} ${path}`))
    .slice(0, 2);
}

/** What a token's scopes allow (GW-1). */
export const scopeChecks: readonly Check<HandshakeWorld>[] = [
  acceptance<Reply, HandshakeWorld>({
    id: "GW-1.in-scope",
    requirement: "GW-1",
    title: "every call that the granted scopes allow is forwarded, at each system",
    needs: ["system-operations"],
    control: async ({ agent }) => (await agent.connected()).reply,
    async attempt({ agent, handshake }) {
      const connection = await agent.connected();
      const replies: Reply[] = [];
      // What the gateway's policy did not grant, it need not forward.
      for (const operation of grantedOperations(handshake.systems, connection.scopes)) {
        replies.push(await agent.call(connection, { operation }));
      }
      return replies;
    },
  }),
  refusedCall({
    id: "GW-1.out-of-scope",
    requirement: "GW-1",
    title: "a call that only another scope allows is refused",
    needs: ["two-handshake-scopes"],
    control: (world) => allowedCall(world, scopePair(world).operation),
    async attempt(world) {
      const { held, operation } = scopePair(world);
      return [{ connection: await world.agent.connected({ scopes: [held] }), operation }];
    },
  }),
  refusedCall({
    id: "GW-1.other-prefix",
    requirement: "GW-1",
    title: "a token for one system is refused at another",
    needs: ["two-systems"],
    async control(world) {
      const [, other] = systemPair(world);
      return allowedCall(world, operationsOf(other)[0] ?? "");
    },
    async attempt(world) {
      const [one, other] = systemPair(world);
      const connection = await world.agent.connected({ scopes: Object.keys(one.scopes) });
      return operationsOf(other).map((operation) => ({ connection, operation }));
    },
  }),
  refusedCall({
    id: "GW-1.unmapped",
    requirement: "GW-1",
    title: "a call that belongs to no scope is refused, whatever the token holds",
    needs: ["unmapped-system-operation"],
    control: workingCall,
    attempt: async ({ handshake }, { connection }) =>
      handshake.systems.flatMap(({ unmapped }) => unmapped.map((operation) => ({ connection, operation }))),
  }),
  refusedCall({
    id: "GW-1.method",
    requirement: "GW-1",
    title: "another method on a path that may be called is refused",
    control: workingCall,
    async attempt({ handshake }, { connection }) {
      const operations = handshake.systems.flatMap(operationsOf);
      const { path } = partsOf(operations[0] ?? "");
      return otherMethods(operations, path).map((method) => ({ connection, operation: `${method} ${path}` }));
    },
  }),
];

/** From a path that may be called to one that may not, written so that a careless look sees the first. */
const disguises: readonly ((inScope: string, wanted: string) => string)[] = [
  (inScope, wanted) => `${inScope}/${up(inScope, "../")}${wanted.slice(1)}`,
  (inScope, wanted) => `${inScope}/${up(inScope, "%2e%2e/")}${wanted.slice(1)}`,
  (inScope, wanted) => `${inScope}/${up(inScope, "..%2f")}${wanted.slice(1).replaceAll("/", "%2f")}`,
  (inScope, wanted) => `${inScope}/${up(inScope, "..%5c")}${wanted.slice(1).replaceAll("/", "%5c")}`,
];

function up(path: string, step: string): string {
  return step.repeat(path.split("/").length - 1);
}

/** A path cannot lead from what may be called to what may not (GW-1). */
export const pathChecks: readonly Check<HandshakeWorld>[] = [
  refusedCall({
    id: "GW-1.path-escape",
    requirement: "GW-1",
    title: "dot segments and their encodings do not lead to a call that the token does not allow",
    needs: ["two-systems"],
    control: (world) => allowedCall(world, escapeOf(world).wanted),
    async attempt(world) {
      const { scopes, inScope, wanted } = escapeOf(world);
      const connection = await world.agent.connected({ scopes });
      const [from, to] = [partsOf(inScope), partsOf(wanted)];
      return disguises.map((disguise) => ({ connection, operation: `${to.method} ${disguise(from.path, to.path)}` }));
    },
  }),
];

/** Scopes of one system, a call they allow, and a call of another system with the same method where there is one. */
function escapeOf(world: HandshakeWorld) {
  const [one, other] = systemPair(world);
  const pairs = operationsOf(one).flatMap((inScope) => operationsOf(other).map((wanted) => ({ inScope, wanted })));
  const same = pairs.find(({ inScope, wanted }) => partsOf(inScope).method === partsOf(wanted).method);
  const { inScope = "", wanted = "" } = same ?? pairs[0] ?? {};
  return { scopes: Object.keys(one.scopes), inScope, wanted };
}
