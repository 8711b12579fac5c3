import type { Session } from "../drivers/agent.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Journey, User } from "../drivers/user.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, header, marked } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { member } from "../engine/json.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { callbackOf, codeAtLanding, completeByHand, placeholderCode, sameAddress } from "./shared/callback-journey.ts";

/** The whole handshake by hand, callback and consent in one browser, as the control. */
async function controlled(world: World): Promise<void> {
  const { reply } = await completeByHand(world);
  world.mark("control", reply);
  requireGranted(reply, "control");
}

/** Opens a callback in a browser, which need not be the one that consented, and exchanges the session. */
async function completeIn(world: World, browser: User, session: Session, consent: Journey): Promise<Reply> {
  const landed = await browser.open(callbackOf(world, consent).href);
  return world.agent.token(session, { code: codeAtLanding(session, landed) ?? placeholderCode });
}

function judgeOtherBrowser(evidence: Evidence): Finding {
  const attempts = marked(evidence, "attempt");
  const expected = "a callback from another browser completes nothing, so that the exchange is refused";
  if (attempts.length === 0 || !marked(evidence, "control").some(granted)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const completed = attempts.find(granted);
  if (completed !== undefined) {
    return violated({
      reasonCode: "completed-by-other-browser",
      expected,
      actual: answerOf(completed),
      exchanges: [completed],
      notes: [
        "the text calls authorization_url the provider's own URL, but only a browser that passes the implementor first can be recognised at the callback (POS-1)",
      ],
    });
  }
  const unanswered = attempts.find(({ response }) => response === null || response.status === 429);
  if (unanswered === undefined) return pass(attempts);
  const reasonCode = unanswered.response === null ? "no-answer" : "rate-limited";
  return untested({ reasonCode, expected, actual: answerOf(unanswered), exchanges: [unanswered] });
}

/** The name and value of every cookie that was set on the way, the last value of each. */
function cookiesSetOn({ hops }: Journey): ReadonlyMap<string, string> {
  const pairs = hops
    .flatMap(({ exchange }) => exchange.response?.headers ?? [])
    .filter(([name]) => name.toLowerCase() === "set-cookie")
    .map(([, value]) => value.split(";", 1)[0]?.trim() ?? "");
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair]));
}

/** Opens the callback with some of the cookies only, and exchanges the session. */
async function completeWith(world: World, session: Session, callback: URL, cookies: readonly string[]): Promise<Reply> {
  if (!callback.href.startsWith(`${world.base}/`)) {
    throw notTested("other-address", "the callback is not below the target's URL", {
      cause: "configuration",
      mend: "run the kit against the public URL that the target's callback is under",
    });
  }
  const path = callback.href.slice(world.base.length);
  const headers = cookies.length === 0 ? {} : { cookie: cookies.join("; ") };
  const reply = await world.send({ purpose: "callback", method: "GET", path, headers, from: "user" });
  const location = reply.exchange.response === null ? undefined : header(reply.exchange.response, "location");
  const landed =
    location !== undefined && URL.canParse(location, callback.href) ? new URL(location, callback) : undefined;
  const atLanding = landed !== undefined && sameAddress(landed.href, session.redirectUri ?? "");
  const code = (atLanding ? landed.searchParams.get("code") : null) ?? placeholderCode;
  return world.agent.token(session, { code });
}

/** The browser that comes back is the one that was sent (AUTHZ-12). */
export const browserChecks: readonly Check[] = [
  check({
    id: "AUTHZ-12.other-browser",
    requirement: "AUTHZ-12",
    title: "a callback from a browser that never saw the authorization completes nothing",
    async drive(world) {
      await controlled(world);
      const session = await world.agent.session();
      const consent = await world.user.consentUntilCallback(session);
      world.mark("attempt", await completeIn(world, world.newUser(), session, consent));
    },
    judge: judgeOtherBrowser,
  }),
  check({
    id: "AUTHZ-12.other-session",
    requirement: "AUTHZ-12",
    title: "a callback from a browser that is in the middle of another authorization completes nothing",
    async drive(world) {
      await controlled(world);
      const session = await world.agent.session();
      const consent = await world.user.consentUntilCallback(session);
      const other = world.newUser();
      const own = await world.agent.session();
      await other.consentUntilCallback(own);
      world.mark("attempt", await completeIn(world, other, session, consent));
      // Nor does the other browser's own authorization become complete by it.
      world.mark("attempt", await world.agent.token(own, { code: placeholderCode }));
    },
    judge: judgeOtherBrowser,
  }),
  check({
    id: "AUTHZ-12.http-only",
    requirement: "AUTHZ-12",
    title: "the cookie that the callback needs cannot be read by scripts",
    async drive(world) {
      await controlled(world);
      const session = await world.agent.session();
      const consent = await world.user.consentUntilCallback(session);
      const callback = callbackOf(world, consent);
      const held = world.user.cookies(callback.href);
      world.fact("cookies", { httpOnly: held.filter(({ httpOnly }) => httpOnly).length, all: held.length });
      if (held.every(({ httpOnly }) => httpOnly)) return;
      // Whether the readable ones are needed shows when they are left out.
      const set = cookiesSetOn(consent);
      const hidden = held.filter(({ httpOnly }) => httpOnly).flatMap(({ name }) => set.get(name) ?? []);
      world.mark("without-readable", await completeWith(world, session, callback, hidden));
    },
    judge(evidence) {
      const control = marked(evidence, "control");
      const [without] = marked(evidence, "without-readable");
      const all = member(evidence.facts["cookies"], "all");
      const httpOnly = member(evidence.facts["cookies"], "httpOnly");
      const expected = "a binding cookie with HttpOnly";
      if (typeof all !== "number" || typeof httpOnly !== "number" || !control.some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const unbound = { reasonCode: "no-cookie", expected, actual: "the callback needs no cookie" };
      if (all === 0) return inapplicable(unbound);
      if (all === httpOnly) return pass(control);
      if (without === undefined || without.response === null || without.response.status === 429) {
        const actual = without === undefined ? "not tried without the readable cookies" : answerOf(without);
        return untested({ reasonCode: "no-answer", expected, actual });
      }
      if (!granted(without)) {
        const actual = "without the cookies that scripts can read the callback completes nothing";
        return violated({ reasonCode: "cookie-readable", expected, actual, exchanges: [without] });
      }
      if (httpOnly === 0) return inapplicable({ ...unbound, exchanges: [without] });
      return pass([without], ["other cookies are set as well that scripts can read and the callback does not need"]);
    },
  }),
];
