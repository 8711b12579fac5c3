import type { AunWorld } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { member, text } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { certificateIn, certificatesIn, plainHex, subjectOf } from "./shared/certificates.ts";

/** The clocks of kit and target may be this far apart, seconds. */
const skewS = 300;
/** From the opening of a connection until auth.connect is granted (AUN docs 03: the limit), and the time to answer it. */
const connectingS = 35;
/** A heartbeat's interval, seconds (AUN docs 03 § 3.6). */
const heartbeatS = 30;
/** 2026 in Unix milliseconds has 13 digits, in seconds 10. */
const earliestMs = 1e12;

async function status(world: AunWorld): Promise<readonly RpcCall[]> {
  const session = await world.session();
  world.fact("aid", session.identity.aid);
  const serverTime = member(session.hello.result, "server_time");
  if (typeof serverTime === "number") world.fact("connectedAt", serverTime);
  // It means nothing; an answer that takes it over is not of this session.
  const ask = () => session.call("meta.status", { aid: `someone-else.${world.issuer}` });
  const first = await ask();
  // So that a time taken anew is another one.
  await world.wait(5);
  return [first, await ask()];
}

const trustRoots = async (world: AunWorld) => (await world.session()).call("meta.trust_roots", {});

function rootsOf(result: unknown): readonly unknown[] {
  const roots = member(result, "root_cas");
  return Array.isArray(roots) ? roots : [];
}

/** Heartbeat, status and trust roots (A106 to A109). */
export const meta: Section<AunWorld> = {
  id: "meta",
  title: "Heartbeat, status and trust roots",
  checks: [
    rpcConforms({
      id: "A106.pong",
      requirement: "A106",
      title: "meta.ping answers pong and the time in whole Unix seconds",
      async subject(world: AunWorld) {
        const session = await world.session();
        world.fact("now", Math.round(world.now() / 1000));
        return session.call("meta.ping", {});
      },
      shape: "AunPong",
      relations: [
        {
          reasonCode: "wrong-time",
          expected: `Unix seconds, ${skewS} s from the kit's clock at most`,
          broken(result, { facts }) {
            const time = member(result, "timestamp");
            const now = facts["now"];
            const near = typeof time === "number" && typeof now === "number" && Math.abs(time - now) <= skewS;
            return near ? undefined : JSON.stringify(time ?? null);
          },
        },
      ],
    }),
    rpcConforms({
      id: "A106.not-echoed",
      requirement: "A106",
      title: "meta.ping does not give back the client's time",
      subject: async (world: AunWorld) => (await world.session()).call("meta.ping", { timestamp: 1 }),
      relations: [
        {
          reasonCode: "echoed",
          expected: "the server's time",
          broken: (result) => (member(result, "timestamp") === 1 ? "the time that was sent" : undefined),
        },
      ],
    }),
    rpcAcceptance({
      id: "A106.no-params",
      requirement: "A106",
      title: "meta.ping works without params",
      async control(world: AunWorld) {
        const session = await world.session();
        return { call: await session.call("meta.ping", {}), session };
      },
      attempt: (_world, { session }) => session.call("meta.ping"),
    }),
    rpcConforms({
      id: "A107.status",
      requirement: "A107",
      title: "meta.status tells this connection's mode, AID, role, start and version",
      subject: status,
      shape: "AunStatus",
      relations: [
        {
          reasonCode: "wrong-aid",
          expected: "the AID of the session",
          broken: (result, { facts }) => {
            const aid = text(result, "aid");
            return aid === facts["aid"] ? undefined : JSON.stringify(aid ?? null);
          },
        },
        {
          reasonCode: "wrong-unit",
          expected: "connected_at in Unix milliseconds",
          broken(result) {
            const at = member(result, "connected_at");
            return typeof at === "number" && at > earliestMs ? undefined : JSON.stringify(at ?? null);
          },
        },
        {
          reasonCode: "moves",
          expected: "the same connected_at each time",
          broken(_result, evidence) {
            const times = markedCalls(evidence, "subject").map(({ result }) => member(result, "connected_at"));
            return new Set(times).size === 1 ? undefined : times.map((time) => JSON.stringify(time ?? null)).join(", ");
          },
        },
        {
          reasonCode: "wrong-time",
          expected: `connected_at within ${connectingS} s of the server_time that auth.connect gave`,
          broken(result, { facts }) {
            const [at, connectedAt] = [Number(member(result, "connected_at")) / 1000, facts["connectedAt"]];
            // Whoever gives no time at the connect is not compared here.
            if (typeof connectedAt !== "number" || Math.abs(at - connectedAt) <= connectingS) return undefined;
            return `${Math.round(at - connectedAt)} s from it`;
          },
        },
      ],
    }),
    rpcConforms({
      id: "A108.trust-roots",
      requirement: "A108",
      title: "meta.trust_roots has the documented shape",
      subject: trustRoots,
      shape: "AunTrustRoots",
    }),
    rpcConforms({
      id: "A108.fingerprint",
      requirement: "A108",
      title: "each root's fingerprint is that of its certificate",
      subject: trustRoots,
      relations: [
        {
          reasonCode: "wrong-fingerprint",
          expected: "the SHA-256 of the certificate's DER, in hex",
          broken: (result) =>
            rootsOf(result)
              .map((root) => {
                const told = plainHex(text(root, "fingerprint_sha256") ?? "");
                const certificate = certificateIn(text(root, "certificate"));
                if (certificate === undefined) return "a certificate that cannot be read";
                return plainHex(certificate.fingerprint256) === told ? undefined : told;
              })
              .find((wrong) => wrong !== undefined),
        },
      ],
    }),
    check<AunWorld>({
      id: "A108.usable",
      requirement: "A108",
      title: "the root of the published chain is among the trust roots",
      async drive(world) {
        world.mark("subject", await trustRoots(world));
        world.mark("chain", await world.get("/pki/chain"));
      },
      judge(evidence) {
        const [call] = markedCalls(evidence, "subject");
        const [exchange] = marked(evidence, "chain");
        const expected = "a trust root that ends /pki/chain";
        const root = certificatesIn(exchange?.response?.body ?? "").at(-1);
        if (call === undefined || !grantedCall(call)) {
          const actual = call === undefined ? "no call" : answerOfCall(call);
          return untested({ reasonCode: "request-refused", expected, actual });
        }
        if (exchange === undefined || root === undefined) {
          return untested({ reasonCode: "no-chain", expected, actual: "no certificates at /pki/chain" });
        }
        const known = rootsOf(call.result).flatMap((one) => certificateIn(text(one, "certificate")) ?? []);
        const decisive = [...call.frames, exchange];
        if (known.some(({ fingerprint256 }) => fingerprint256 === root.fingerprint256)) return pass(decisive);
        const actual = known.map(subjectOf).join("; ");
        return violated({ reasonCode: "not-the-root", expected, actual, exchanges: decisive });
      },
    }),
    check<AunWorld>({
      id: "A109.pinged",
      requirement: "A109",
      title: "a connection that is pinged every 30 s stays",
      needs: ["time"],
      traits: ["waits"],
      async drive(world) {
        const session = await world.session();
        // Two and a half minutes by the hook; really waited, one minute has to do.
        const beats = world.settings.hooks.clock === undefined ? 2 : 5;
        for (let beat = 0; beat < beats && session.isOpen; beat += 1) {
          await world.passTime(heartbeatS);
          world.mark("subject", await session.call("meta.ping", {}));
        }
      },
      judge(evidence) {
        const calls = markedCalls(evidence, "subject");
        const expected = "a pong after each 30 s";
        if (calls.length === 0) return untested({ reasonCode: "nothing-recorded", expected, actual: "no ping" });
        const unanswered = calls.find((call) => !grantedCall(call));
        if (unanswered === undefined) return pass(calls.flatMap(({ frames }) => frames));
        const actual = answerOfCall(unanswered);
        return violated({ reasonCode: "closed", expected, actual, exchanges: unanswered.frames });
      },
    }),
  ],
};
