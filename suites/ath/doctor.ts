import { validate } from "../../schemas/index.ts";
import type { World } from "../drivers/world.ts";
import { clockStep } from "../engine/clock-skew.ts";
import { type DoctorStep, problem } from "../engine/diagnosis.ts";
import { header } from "../engine/evidence.ts";
import { answerOf } from "../engine/granted.ts";
import { mendOfTransport } from "../engine/unreachable.ts";
import { firstContact, skewLimit } from "./first-contact.ts";
import { providerElsewhere } from "./shared/provider-elsewhere.ts";
import { documentPaths, fetchDocument, isAbsent } from "./shared/published-document.ts";

/** What is looked at before an ATH target is judged, in the order in which one thing needs the other. */
export const athDoctor: readonly DoctorStep<World>[] = [
  {
    step: "http",
    title: "does the target answer HTTP",
    async look(world) {
      const { exchange, status } = await fetchDocument(world);
      if (exchange.error === null) return `${world.base} answers (HTTP ${status})`;
      throw problem(
        "environment",
        `no answer from ${world.base}: ${answerOf(exchange)}`,
        mendOfTransport(exchange.error.code),
      );
    },
  },
  clockStep({ after: ["http"], ask: async (world) => (await fetchDocument(world)).exchange, limit: skewLimit }),
  {
    step: "discovery",
    title: "does it publish what it is",
    after: ["http"],
    mild: true,
    async look(world) {
      const reply = await fetchDocument(world);
      const path = documentPaths[world.mode];
      if (isAbsent(reply)) return `nothing at ${path}; what the configuration says is taken`;
      const shape = world.mode === "native" ? "ServiceDiscoveryDocument" : "DiscoveryDocument";
      const result = validate(shape, reply.json);
      if (result.ok) return `${path} is a ${shape}`;
      const [first] = result.errors;
      throw problem(
        "target",
        `${path} is no ${shape}: ${first?.path || "the body"} ${first?.problem}`,
        "see DISC-1, DISC-2",
      );
    },
  },
  {
    step: "registration",
    title: "can an agent register, and does the target reach the identity documents",
    after: ["http"],
    async look(world) {
      const { blocked, findings } = await firstContact(world);
      // The provider has a step of its own.
      const obstacle = blocked?.reasonCode === "provider-elsewhere" ? undefined : blocked?.finding;
      const finding = obstacle ?? findings.find(({ what }) => what.includes("registration was refused"));
      if (finding !== undefined) throw problem(finding.whose, finding.what, finding.mend);
      const fetches = world.agent.identity.fetches();
      const fetched =
        fetches === 0 ? "without fetching it" : `after fetching it ${fetches === 1 ? "once" : `${fetches} times`}`;
      return `the target registers the agent ${world.agent.id}, ${fetched}`;
    },
  },
  {
    step: "provider",
    title: "is the kit's OAuth provider behind the target",
    needs: ["kit-provider"],
    after: ["registration"],
    async look(world) {
      const session = await world.agent.session();
      const elsewhere = await providerElsewhere(world);
      if (elsewhere !== undefined) throw problem(elsewhere.whose, elsewhere.what, elsewhere.mend);
      const { origin } = world.provider;
      const { providerUrl = "nowhere" } = await world.user.consentUntilCallback(session);
      if (providerUrl.startsWith(origin)) return `the target sends users to ${origin}`;
      throw problem(
        "target",
        `the target sends users to no provider: ${session.authorizationUrl}`,
        "see what the target answers there",
      );
    },
  },
  {
    step: "consent",
    title: "does a user's consent come back, and become a token",
    after: ["registration", "provider"],
    async look(world) {
      const { effectiveScopes } = await world.agent.grant();
      return `a user consented, and the token carries ${effectiveScopes.join(", ")}`;
    },
  },
  {
    step: "clock-hook",
    title: "does the hook move the target's clock",
    needs: ["clock"],
    mild: true,
    async look(world) {
      await world.advanceClock(1);
      return "hooks.clock works; the target's clock is one second ahead now";
    },
  },
  {
    step: "audit-hook",
    title: "can the audit log be read",
    needs: ["audit"],
    after: ["registration"],
    mild: true,
    async look(world) {
      await world.agent.register();
      const entries = await world.auditLog();
      if (entries.length > 0) return `hooks.audit gives ${entries.length} entries`;
      throw problem("configuration", "hooks.audit gives an empty log, right after a registration", "check its URL");
    },
  },
  {
    step: "pending-agent",
    title: "is there a registration that stays pending",
    needs: ["pending-agent"],
    after: ["registration"],
    mild: true,
    async look(world) {
      const id = world.settings.hooks.pendingAgent?.developerId ?? "";
      const reply = await world.agent.register({ developer: { name: "Gateproof", id } });
      const status = world.agent.readRegistration(reply)?.status ?? answerOf(reply.exchange);
      if (status === "pending") return `agents of developer ${id} stay pending`;
      throw problem(
        "configuration",
        `an agent of developer ${id} is not left pending: ${status}`,
        "correct hooks.pending_agent.developer_id, or the target's policy",
      );
    },
  },
  {
    step: "rate-limit",
    title: "will rate limits get in the way",
    after: ["registration"],
    mild: true,
    async look(world) {
      const replies = await Promise.all(Array.from({ length: 8 }, () => fetchDocument(world)));
      const limited = replies.find(({ status }) => status === 429);
      if (limited === undefined) return "eight requests side by side are answered";
      const wait = limited.exchange.response && header(limited.exchange.response, "retry-after");
      throw problem(
        "environment",
        `eight requests side by side meet a rate limit${wait === undefined ? "" : ` (Retry-After: ${wait})`}`,
        "raise the limit for this machine, or run with --jobs 1",
      );
    },
  },
];
