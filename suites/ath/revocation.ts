import type { Grant } from "../drivers/agent.ts";
import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check, Section } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted, refused } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";
import { lookalike } from "./shared/lookalike.ts";

interface Powerless {
  readonly id: string;
  readonly title: string;
  readonly revoke: (world: World, grant: Grant) => Promise<Reply>;
}

/** Revocations that must be without effect, by whom they come from. */
const powerless: readonly Powerless[] = [
  {
    id: "REV-2.no-credentials",
    title: "a revocation without credentials leaves the token alive",
    revoke({ agent, settings }, { token }) {
      const configured = Object.keys(settings.target.headers).map((name) => [name, null] as const);
      return agent.revoke(token, {
        body: { client_id: undefined, client_secret: undefined },
        headers: { ...Object.fromEntries(configured), authorization: null },
      });
    },
  },
  {
    id: "REV-2.missing-secret",
    title: "a revocation with the client_id alone leaves the token alive",
    revoke: ({ agent }, { token }) => agent.revoke(token, { body: { client_secret: undefined } }),
  },
  {
    id: "REV-2.wrong-secret",
    title: "a revocation with a wrong client_secret leaves the token alive",
    revoke: ({ agent }, { token }) => agent.revoke(token, { body: { client_secret: "not-the-secret-of-this-client" } }),
  },
  {
    id: "REV-2.empty-secret",
    title: "a revocation with an empty client_secret leaves the token alive",
    revoke: ({ agent }, { token }) => agent.revoke(token, { body: { client_secret: "" } }),
  },
  {
    id: "REV-3.other-agent",
    title: "an agent cannot revoke the token of another one",
    async revoke(world, { token }) {
      const other = world.newAgent();
      await other.registered();
      return other.revoke(token);
    },
  },
];

/** What counts is the token's life and not the answer to the revocation (position POS-11). */
function judgeLife(evidence: Evidence): Finding {
  const [after] = marked(evidence, "after");
  const expected = "the token works as before";
  if (after === undefined || !marked(evidence, "control").some(granted)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no call worked before the revocation" });
  }
  const revocation = marked(evidence, "revocation");
  if (granted(after)) return pass([...revocation, after]);
  const details = { expected, actual: `${answerOf(after)} to a call afterwards`, exchanges: [...revocation, after] };
  if (after.response?.status === 429) return untested({ reasonCode: "rate-limited", ...details });
  return refused(after)
    ? violated({ reasonCode: "token-died", ...details })
    : untested({ reasonCode: "call-failed", ...details });
}

function withoutEffect({ id, title, revoke }: Powerless): Check {
  return check({
    id,
    requirement: id.split(".")[0] ?? id,
    title,
    needs: ["operations"],
    async drive(world) {
      const { agent } = world;
      const grant = await agent.grant();
      const before = await agent.call(grant);
      world.mark("control", before);
      requireGranted(before, "control");
      world.mark("revocation", await revoke(world, grant));
      world.mark("after", await agent.call(grant));
    },
    judge: judgeLife,
  });
}

/** A token ends before its time (REV-1 to REV-4). */
export const revocation: Section = {
  id: "revocation",
  title: "Revocation",
  checks: [
    refusal({
      id: "REV-1.revoked",
      requirement: "REV-1",
      title: "a revoked token is refused from the next call on",
      needs: ["operations"],
      async control({ agent }) {
        const grant = await agent.grant();
        return { reply: await agent.call(grant), grant };
      },
      async attempt({ agent }, { grant }) {
        const revoked = await agent.revoke(grant.token);
        // A revocation that never got through says nothing; one that was refused leaves a live token behind.
        if (revoked.status === 0 || revoked.status === 429) requireGranted(revoked, "revocation");
        return agent.call(grant);
      },
    }),
    ...powerless.map(withoutEffect),
    check({
      id: "REV-4.unknown-token",
      requirement: "REV-4",
      title: "the revocation of a token that does not exist is answered like any other",
      async drive(world) {
        const { agent } = world;
        const { token } = await agent.grant();
        world.mark("attempt", await agent.revoke(lookalike(world, token)));
        const control = await agent.revoke(token);
        world.mark("control", control);
        requireGranted(control, "control");
      },
      judge(evidence) {
        const [attempt] = marked(evidence, "attempt");
        const expected = "status 200 (RFC 7009 § 2.2)";
        if (attempt === undefined || !marked(evidence, "control").some(granted)) {
          return untested({ reasonCode: "control-refused", expected, actual: "no revocation was granted" });
        }
        const details = { expected, actual: answerOf(attempt), exchanges: [attempt] };
        const status = attempt.response?.status;
        if (status === undefined || status === 429) return untested({ reasonCode: "no-answer", ...details });
        if (status < 200 || status > 299) return violated({ reasonCode: "not-200", ...details });
        return pass([attempt], status === 200 ? [] : [`answered with ${status} in the place of 200`]);
      },
    }),
  ],
};
