import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunConnection, AunWorld, Members, Session } from "../drivers/aun/world.ts";
import type { Check, Section } from "../engine/check.ts";
import { markedFrames } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { member, text } from "../engine/json.ts";
import { isUnknown, messageOf, type RpcCall } from "../engine/rpc.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { rpcAcceptance, rpcGrant } from "../kinds/rpc-acceptance.ts";
import type { RpcRelation } from "../kinds/rpc-conforms.ts";
import { requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { timeChecks } from "./gate-time.ts";
import { deliverText, gather, inboxFrames, pushedOn, sendText } from "./shared/mail.ts";

const gated = { codes: fittingCodes.notInitialised };

/** A method that only an authenticated connection may call. */
interface Business {
  readonly variant: string;
  readonly method: string;
  readonly params: (world: AunWorld) => Promise<Members> | Members;
  /** What is called as control when the target may not have the method; default the method itself. */
  readonly control?: string;
}

const methods: readonly Business[] = [
  { variant: "ping", method: "meta.ping", params: () => ({}) },
  { variant: "status", method: "meta.status", params: () => ({}) },
  {
    variant: "send",
    method: "message.send",
    params: async (world) => ({ to: (await world.identity()).aid, payload: { text: "gateproof" } }),
  },
  { variant: "pull", method: "message.pull", params: () => ({ after_seq: 0, limit: 1 }) },
  {
    variant: "query-online",
    method: "message.query_online",
    params: async (world) => ({ aids: [(await world.identity()).aid] }),
  },
  { variant: "ack", method: "message.ack", params: () => ({ seq: 0 }) },
  { variant: "trust-roots", method: "meta.trust_roots", params: () => ({}) },
  { variant: "group", method: "group.list_my", params: () => ({}), control: "meta.ping" },
];

/** Refused before auth.connect, granted after it. */
function gatedMethod({ variant, method, params, control }: Business): Check<AunWorld> {
  return rpcRefusal({
    id: `A78.${variant}`,
    requirement: "A78",
    title: `${method} before auth.connect is refused`,
    async control(world: AunWorld) {
      const session = await world.session();
      const given = await params(world);
      const call = await session.call(control ?? method, control === undefined ? given : {});
      return { call, given };
    },
    attempt: async (world, { given }) => (await world.connection()).call(method, given),
    fitting: gated,
  });
}

/** A message is sent, and taken back by its sender. */
async function recalled(world: AunWorld) {
  const session = await world.session();
  const id = world.unique("message");
  const { aid } = await world.identity();
  requireResult(await sendText(session, aid, "to be recalled", { message_id: id }), "message.send");
  const call = await session.call("message.recall", { message_ids: [id] });
  if (isUnknown(call)) throw notApplicable("feature-absent", "the target has no message.recall");
  return { call, id };
}

async function pinged(world: AunWorld): Promise<{ readonly call: RpcCall; readonly session: Session }> {
  const session = await world.session();
  return { call: await session.call("meta.ping", {}), session };
}

const ping = (connection: AunConnection) => connection.call("meta.ping", {});

/** The result holds this member as a text that is not empty. */
function gives(name: string): RpcRelation {
  return {
    reasonCode: "refused",
    expected: `a result with ${name}`,
    broken: (result) => ((text(result, name) ?? "") === "" ? `a result without ${name}` : undefined),
  };
}

function requestCert(connection: AunConnection, aid: string, publicKey: string): Promise<RpcCall> {
  return connection.call("auth.request_cert", { aid, public_key: publicKey, curve: "P-256" });
}

/** Asks for a further certificate of one's own, as it should be. */
async function ownCertificate(world: AunWorld) {
  const session = await world.session();
  const { aid } = session.identity;
  const call = await requestCert(session, aid, world.stranger().publicKey);
  return { call, session, aid };
}

/** What an unauthenticated connection may do, and for how long (A74 to A80). */
export const gate: Section<AunWorld> = {
  id: "gate",
  title: "Before auth.connect",
  checks: [
    ...timeChecks,
    rpcGrant<AunWorld>({
      id: "A77.create-aid",
      requirement: "A77",
      title: "auth.create_aid works before auth.connect",
      needs: ["open-registration"],
      attempt: (world) => world.createAid(world.stranger()),
      relations: [gives("cert")],
    }),
    rpcGrant<AunWorld>({
      id: "A77.login",
      requirement: "A77",
      title: "a login works before auth.connect",
      attempt: async (world) => (await world.login(await world.identity())).login2,
      relations: [gives("token")],
    }),
    rpcAcceptance({
      id: "A77.refresh",
      requirement: "A77",
      title: "auth.refresh_token works before auth.connect",
      async control(world: AunWorld) {
        const { login2, refreshToken } = await world.login(await world.identity());
        return { call: login2, refreshToken };
      },
      attempt(world, { refreshToken }) {
        if (refreshToken === "") throw notApplicable("feature-absent", "the login gives no refresh token");
        return world.refresh(refreshToken);
      },
      relations: [gives("access_token")],
    }),
    ...methods.map(gatedMethod),
    rpcRefusal({
      id: "A78.recall",
      requirement: "A78",
      title: "message.recall before auth.connect is refused",
      control: recalled,
      attempt: async (world, { id }) => (await world.connection()).call("message.recall", { message_ids: [id] }),
      // A result that counts what could not be recalled comes from behind the gate.
      fitting: { ...gated, asError: true },
    }),
    check<AunWorld>({
      id: "A78.notification",
      requirement: "A78",
      title: "a message that is sent as a notification before auth.connect reaches nobody",
      async drive(world) {
        const [sender, receiver] = [await world.session(), await world.session()];
        const { aid } = receiver.identity;
        const connection = await world.connection();
        connection.notify("message.send", { to: aid, payload: { text: "unauthenticated" } });
        // The refusal of a request behind it shows that the notification was dealt with.
        world.mark("gated", await ping(connection));
        await deliverText(world, sender, aid, "authenticated");
        await gather(world, [{ name: "receiver", connection: receiver }], () =>
          pushedOn(receiver).some(({ params }) => text(params["payload"], "text") === "authenticated"),
        );
      },
      judge(evidence) {
        const expected = "the message of the authenticated sender alone";
        const frames = inboxFrames(evidence, ["receiver"]);
        const came = frames.map((frame) => text(member(member(messageOf(frame), "params"), "payload"), "text"));
        const exchanges = [...markedFrames(evidence, "gated"), ...frames];
        if (came.includes("unauthenticated")) {
          return violated({ reasonCode: "delivered", expected, actual: "that of the other too", exchanges });
        }
        if (came.includes("authenticated")) return pass(exchanges);
        return untested({ reasonCode: "not-delivered", expected, actual: "neither came", exchanges, cause: "target" });
      },
    }),
    rpcRefusal({
      id: "A78.after-refused-connect",
      requirement: "A78",
      title: "a refused auth.connect does not open the gate",
      control: pinged,
      async attempt(world, { session }) {
        const connection = await world.connection();
        await world.connect(connection, session.identity, { token: "garbage" });
        return ping(connection);
      },
      fitting: { ...gated, mayClose: true },
    }),
    rpcRefusal({
      id: "A79.login-not-ready",
      requirement: "A79",
      title: "a login alone does not open the gate",
      control: pinged,
      async attempt(world, { session }) {
        const connection = await world.connection();
        await world.login(session.identity, { over: [connection, connection] });
        return ping(connection);
      },
      fitting: gated,
    }),
    rpcRefusal({
      id: "A80.request-cert-gated",
      requirement: "A80",
      title: "auth.request_cert before auth.connect is refused",
      control: ownCertificate,
      attempt: async (world, { aid }) => requestCert(await world.connection(), aid, world.stranger().publicKey),
    }),
    rpcRefusal({
      id: "A80.other-aid",
      requirement: "A80",
      title: "auth.request_cert for another AID is refused",
      control: ownCertificate,
      async attempt(world, { session }) {
        const { aid } = await world.identity();
        return requestCert(session, aid, world.stranger().publicKey);
      },
    }),
  ],
};
