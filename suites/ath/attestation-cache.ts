import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { inapplicable, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { acceptance } from "../kinds/acceptance.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";
import { bends } from "./shared/bent-attestations.ts";
import { factNumber } from "./shared/facts.ts";

/** A document may be kept for this long (ATH 0.1 client/identity § Caching), and a second more. */
const pastCacheS = 301;
/** Valid calls to learn how often the target fetches anyway, and as many bad ones. */
const calls = 5;
const minuteMs = 60_000;
/** When a document may be fetched again past the cache, and what is kept of it may still be believed. */
const pastMinuteS = 65;
const halfMinuteS = 30;

/** How long a document is believed, and how often it is fetched again (ATT-9 to ATT-11). */
export const cacheChecks: readonly Check[] = [
  refusal({
    id: "ATT-9.stale-key",
    requirement: "ATT-9",
    title: "a key that was replaced more than five minutes ago is refused",
    needs: ["clock"],
    traits: ["exclusive"],
    control: ({ agent }) => agent.authorize(),
    async attempt(world) {
      const { agent } = world;
      const key = await agent.identity.rotate();
      await world.advanceClock(pastCacheS);
      const stale = await agent.authorize({ attestation: { key, header: { kid: key.kid } } });
      // A target that refuses everything after the clock was moved has shown nothing about its cache.
      if (!stale.granted) requireGranted(await agent.authorize(), "authorize with the new key after five minutes");
      return stale;
    },
  }),
  acceptance({
    id: "ATT-10.rotated-key",
    requirement: "ATT-10",
    title: "a key that was replaced in an emergency works at once",
    control: ({ agent }) => agent.authorize(),
    async attempt({ agent }) {
      await agent.identity.rotate();
      return agent.authorize();
    },
  }),
  acceptance({
    id: "ATT-10.beside-others",
    requirement: "ATT-10",
    title: "bad signatures in the name of one agent do not keep another from rotating its key",
    control: ({ agent }) => agent.authorize(),
    async attempt(world) {
      const { agent } = world;
      const other = world.newAgent();
      await other.registered();
      await other.authorize({ attestation: bends.wrongKey(world, other) });
      await agent.identity.rotate();
      return agent.authorize();
    },
  }),
  acceptance({
    id: "ATT-10.rotated-again",
    requirement: "ATT-10",
    title: "a key that is replaced a second time, minutes after the first, works at once",
    needs: ["clock"],
    traits: ["exclusive"],
    control: ({ agent }) => agent.authorize(),
    async attempt(world) {
      const { agent } = world;
      await agent.identity.rotate();
      const first = await agent.authorize();
      if (!first.granted) return first;
      await world.advanceClock(pastMinuteS);
      await agent.identity.rotate();
      return agent.authorize();
    },
  }),
  check({
    id: "ATT-11.refetch-limit",
    requirement: "ATT-11",
    title: "bad signatures make the target fetch a document at most once a minute",
    async drive(world) {
      const { agent } = world;
      await agent.registered();
      const atFirst = agent.identity.fetches();
      for (let call = 0; call < calls; call += 1) {
        const valid = await agent.authorize();
        world.mark("control", valid);
        requireGranted(valid, "control");
      }
      const afterValid = agent.identity.fetches();
      const startedAt = world.now();
      for (let call = 0; call < calls; call += 1) {
        world.mark("attempt", await agent.authorize({ attestation: bends.wrongKey(world, agent) }));
      }
      world.fact("fetchesBefore", atFirst);
      world.fact("fetchesByValidCalls", afterValid - atFirst);
      world.fact("fetchesByBadSignatures", agent.identity.fetches() - afterValid);
      world.fact("elapsedMs", world.now() - startedAt);
    },
    judge(evidence) {
      const attempts = marked(evidence, "attempt");
      const byValid = factNumber(evidence, "fetchesByValidCalls");
      const byBad = factNumber(evidence, "fetchesByBadSignatures");
      const elapsedMs = factNumber(evidence, "elapsedMs");
      const measured = byValid !== undefined && byBad !== undefined && elapsedMs !== undefined;
      if (!measured || attempts.length === 0 || !marked(evidence, "control").some(granted)) {
        return untested({
          reasonCode: "control-refused",
          expected: "valid calls are granted, and the fetches of the document are counted",
          actual: "no granted positive control",
        });
      }
      // A cache that lives shorter than the calls take is fetched again now and then for that reason alone.
      const allowed = byValid + 1 + Math.floor(elapsedMs / minuteMs);
      const expected = `at most ${allowed} fetch(es) during ${calls} calls with a bad signature`;
      const actual = `${byBad} fetch(es)`;
      if (factNumber(evidence, "fetchesBefore") === 0) {
        return untested({
          reasonCode: "document-not-fetched",
          expected: "the document is fetched before the first call is granted",
          actual: "it was never fetched",
          cause: "target",
        });
      }
      if (byValid >= calls) {
        return inapplicable({
          reasonCode: "no-cache",
          expected: "a cache of identity documents, past which is fetched again",
          actual: "the document is fetched for every valid call",
        });
      }
      const accepted = attempts.find(granted);
      if (accepted !== undefined) {
        return untested({
          reasonCode: "bad-signature-accepted",
          expected,
          actual: answerOf(accepted),
          exchanges: [accepted],
          cause: "target",
        });
      }
      if (byBad > allowed)
        return violated({ reasonCode: "refetched-too-often", expected, actual, exchanges: attempts });
      const unanswered = attempts.find(({ response }) => response === null || response.status === 429);
      if (unanswered !== undefined) {
        const reasonCode = unanswered.response === null ? "no-answer" : "rate-limited";
        return untested({ reasonCode, expected, actual: answerOf(unanswered), exchanges: [unanswered] });
      }
      return pass(attempts, byBad === 0 ? ["the target fetched nothing again after a bad signature"] : []);
    },
  }),
  check({
    id: "ATT-11.within-a-minute",
    requirement: "ATT-11",
    title:
      "half a minute after a document was fetched again, a bad signature does not make the target fetch it once more",
    needs: ["clock"],
    traits: ["exclusive"],
    async drive(world) {
      const { agent } = world;
      const bad = () => agent.authorize({ attestation: bends.wrongKey(world, agent) });
      const counted = async (call: () => Promise<Reply>) => {
        const before = agent.identity.fetches();
        const reply = await call();
        return { reply, fetches: agent.identity.fetches() - before };
      };
      await agent.registered();
      const valid = await counted(() => agent.authorize());
      world.mark("control", valid.reply);
      requireGranted(valid.reply, "control");
      const first = await counted(bad);
      await world.advanceClock(halfMinuteS);
      // Where the document was forgotten meanwhile, this call fetches it like any other.
      requireGranted(await agent.authorize(), "authorize half a minute later");
      const second = await counted(bad);
      world.mark("attempt", first.reply, second.reply);
      world.fact("fetchesByValidCall", valid.fetches);
      world.fact("fetchesByFirst", first.fetches);
      world.fact("fetchesBySecond", second.fetches);
    },
    judge(evidence) {
      const attempts = marked(evidence, "attempt");
      const [valid, first, second] = ["fetchesByValidCall", "fetchesByFirst", "fetchesBySecond"].map((fact) =>
        factNumber(evidence, fact),
      );
      const expected = "no fetch within a minute of the one that the first bad signature brought about";
      if (
        valid === undefined ||
        first === undefined ||
        second === undefined ||
        !marked(evidence, "control").some(granted)
      ) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      if (valid > 0) {
        const actual = "the document is fetched for every valid call";
        return inapplicable({ reasonCode: "no-cache", expected, actual });
      }
      const details = { expected, actual: `${first} and ${second} fetch(es)`, exchanges: attempts };
      if (attempts.some(granted))
        return untested({ reasonCode: "bad-signature-accepted", ...details, cause: "target" });
      return first > 0 && second > 0 ? violated({ reasonCode: "refetched-too-often", ...details }) : pass(attempts);
    },
  }),
];
