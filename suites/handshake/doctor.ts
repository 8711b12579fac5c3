import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import { clockStep } from "../engine/clock-skew.ts";
import { type DoctorStep, problem } from "../engine/diagnosis.ts";
import { answerOf } from "../engine/granted.ts";
import { mendOfTransport } from "../engine/unreachable.ts";
import { firstContact, skewLimit } from "./first-contact.ts";

/** What is looked at before a nine-step gateway is judged, in the order in which one thing needs the other. */
export const handshakeDoctor: readonly DoctorStep<HandshakeWorld>[] = [
  {
    step: "http",
    title: "does the target answer a handshake_request",
    async look({ agent, base, handshake }) {
      const { reply } = await agent.hello();
      if (reply.exchange.error === null) return `${base}${handshake.path} answers (${answerOf(reply.exchange)})`;
      const mend = mendOfTransport(reply.exchange.error.code);
      throw problem("environment", `no answer from ${base}: ${answerOf(reply.exchange)}`, mend);
    },
  },
  clockStep({ after: ["http"], ask: async ({ agent }) => (await agent.hello()).reply.exchange, limit: skewLimit }),
  {
    step: "handshake",
    title: "does a whole handshake work, the user's confirmation included",
    after: ["http"],
    async look(world) {
      const { blocked, findings } = await firstContact(world);
      const finding = blocked?.finding ?? findings.find(({ what }) => !what.includes("clock is"));
      if (finding !== undefined) throw problem(finding.whose, finding.what, finding.mend);
      return `${world.agent.did} got a token, and ${world.user.did} confirmed it`;
    },
  },
  {
    step: "api",
    title: "does a call with the token reach a backend",
    needs: ["system-operations"],
    after: ["handshake"],
    async look({ agent }) {
      const reply = await agent.call(await agent.connected());
      if (reply.granted) return `a call was answered with HTTP ${reply.status}`;
      const what = `a call within the granted scopes got ${answerOf(reply.exchange)}`;
      throw problem("configuration", what, "check the operations in handshake.systems, and that the backends are up");
    },
  },
  {
    step: "clock-hook",
    title: "does the hook move the target's clock",
    needs: ["clock"],
    after: ["handshake"],
    async look(world) {
      await world.advanceClock(600);
      await world.agent.connected();
      return "the hook moved the clock by ten minutes, and a handshake of the new present works";
    },
  },
  {
    step: "audit-hook",
    title: "can the audit log be read",
    needs: ["audit"],
    after: ["handshake"],
    mild: true,
    async look(world) {
      const entries = await world.auditLog();
      return `the audit log has ${entries.length} entries`;
    },
  },
  {
    step: "backend-log",
    title: "can be seen what the backends receive",
    needs: ["backend-log"],
    after: ["api"],
    mild: true,
    async look(world) {
      const entries = await world.backendLog();
      return `the backends' log has ${entries.length} entries`;
    },
  },
];
