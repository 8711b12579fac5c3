import { providerUrl } from "./authorization.ts";
import { redeem } from "./bridge.ts";
import type { House, Session } from "./house.ts";
import { Refusal } from "./refusals.ts";
import { type Answer, type Call, cookie, escaped, page, redirect, withParameters } from "./wire.ts";

/** The name of the cookie that tells the browser of a session from all others. */
function seatOf({ id }: Session, { character }: House): string {
  return character.browser.cookie === "of-browser" ? "seat" : `seat_${id.replaceAll(":", "_")}`;
}

const account = { username: "alice", password: "wonderland" };

/** What a browser meets between authorization_url and the agent's page. */
export async function browse(call: Call, path: string, house: House): Promise<Answer | undefined> {
  const [, area = "", id = "", step = ""] = path.split("/");
  if (area === "enter") return enter(call, id, step, house);
  if (area === "consent") return call.method === "POST" ? decide(call, id, house) : consentPage(call, id, house);
  if (area === "login" && call.method === "POST") return login(call, id, house);
  if (area === "finished") return finished(call, id, house);
  if (area === "done") return page(200, "Done", "<p>You can go back to your assistant.</p>");
  return undefined;
}

/** The credentials of the one account at the log-in page. */
export const loginFields: Readonly<Record<string, string>> = account;

function enter({ method }: Call, id: string, step: string, house: House): Answer {
  const session = house.sessions.get(id);
  if (method !== "GET") throw new Refusal("no-such-method", "open it with a browser");
  if (session === undefined || session.phase !== "begun" || isOver(session, house)) {
    return page(400, "Nothing here", "<p>This link is not good any more.</p>");
  }
  const { entry, binding: owner } = house.character.browser;
  if (step === "") {
    if (session.browser !== undefined && owner === "first-browser") {
      return page(400, "Taken", "<p>Another browser is on its way with this link.</p>");
    }
    session.browser = house.newId();
  }
  const path = new URL(house.base).pathname;
  const seat = `${seatOf(session, house)}=${session.browser}; Path=${path}; HttpOnly; SameSite=Lax`;
  switch (entry) {
    case "one-hop":
      return redirect(302, providerUrl(session, house), [seat]);
    case "link": {
      const link = `<p><a href="${escaped(providerUrl(session, house))}">Go on to ${escaped(session.provider)}</a></p>`;
      return page(200, "One more step", `<p><a href="${house.base}/help">Help</a></p>${link}`, [seat]);
    }
    case "roundabout": {
      if (step === "again") return redirect(303, `${house.base}/enter/${id}/onwards`);
      if (step === "onwards") return redirect(307, providerUrl(session, house), ["lang=en; Path=/"]);
      return redirect(302, `${path}/enter/${id}/again`.replace("//", "/"), ["theme=dark; Path=/; Max-Age=86400", seat]);
    }
    case "consent-then-provider":
    case "consent-only":
      return redirect(303, `${house.base}/consent/${id}`, [seat]);
    case "login-and-consent":
      return loginPage(session, house, [seat]);
  }
}

function isOver({ createdAt }: Session, house: House): boolean {
  return house.now() >= createdAt + house.character.sessionS * 1000;
}

function loginPage({ id }: Session, house: House, cookies: readonly string[] = []): Answer {
  const form = `<form method="post" action="${escaped(`${house.base}/login/${id}`)}">
    <label>Name <input name="username" autocomplete="username"></label>
    <label>Password <input type="password" name="password"></label>
    <input type="hidden" name="next" value="consent"><button>Sign in</button></form>`;
  return page(200, "Sign in", form, cookies);
}

function login(call: Call, id: string, house: House): Answer {
  const session = seated(call, id, house);
  const form = new URLSearchParams(call.body.toString("utf8"));
  const known = form.get("username") === account.username && form.get("password") === account.password;
  return known ? redirect(303, `${house.base}/consent/${id}`) : loginPage(session, house);
}

/** The session, if the browser in this seat belongs to it. */
function seated(call: Call, id: string, house: House): Session {
  const session = house.sessions.get(id);
  const seat = session && cookie(call, seatOf(session, house));
  if (session === undefined || session.phase !== "begun" || seat === undefined || seat !== session.browser) {
    throw new Refusal("callback-browser", "not the browser that was sent here");
  }
  return session;
}

function consentPage(call: Call, id: string, house: House): Answer {
  const session = seated(call, id, house);
  if (new URLSearchParams(call.query ?? "").get("decision") === "deny") return denied(session, house);
  const boxes = session.scopes.map((scope) => {
    const value = escaped(scope);
    return `<li><label><input type="checkbox" name="scope" value="${value}" checked> ${value}</label></li>`;
  });
  const here = escaped(`${house.base}/consent/${id}`);
  const refusals = {
    button:
      '<button name="decision" value="deny">Refuse</button><button name="decision" value="approve">Allow</button>',
    "chinese-button": '<button name="decision" value="0">拒绝</button><button name="decision" value="1">同意</button>',
    link: `<button name="decision" value="approve">Allow</button> <a href="${here}?decision=deny">Cancel</a>`,
    choice: `<label><input type="radio" name="decision" value="approve" checked> Allow</label>
      <label><input type="radio" name="decision" value="deny"> Do not allow</label><button>Send</button>`,
  };
  const { refusing } = house.character.browser;
  const help = `<form action="${house.base}/help"><input name="q"><button>Search</button></form>`;
  const search = refusing === "choice" ? help : "";
  const form = `${search}<h1>${escaped(session.agent.agentId)} asks</h1>
    <form method="post" action="${here}"><ul>${boxes.join("")}</ul>${refusals[refusing]}</form>`;
  return page(200, "Consent", form);
}

function decide(call: Call, id: string, house: House): Answer {
  const session = seated(call, id, house);
  const form = new URLSearchParams(call.body.toString("utf8"));
  if (!/^(approve|1)$/.test(form.get("decision") ?? "")) return denied(session, house);
  session.agreed = session.scopes.filter((scope) => form.getAll("scope").includes(scope));
  const { entry } = house.character.browser;
  if (entry === "consent-then-provider") return redirect(303, providerUrl(session, house));
  if (entry === "login-and-consent") {
    const back = withParameters(`${house.base}/ath/callback`, { code: house.newId(), state: session.state });
    return redirect(303, back);
  }
  house.byState.delete(session.state);
  return agreed(session, house);
}

/** A gateway with an identity of its own asks no provider. */
function agreed(session: Session, house: House): Answer {
  session.consent = { user: account.username, scopes: session.agreed ?? [] };
  session.phase = "consented";
  return landing(session, house);
}

/** GET /ath/callback. */
export async function callback(call: Call, house: House): Promise<Answer> {
  try {
    return await comeBack(call, house);
  } catch (error) {
    if (!(error instanceof Refusal) || house.character.browser.refusedCallback === "json") throw error;
    return page(400, "That did not work", "<p>Please start again at your assistant.</p>");
  }
}

async function comeBack(call: Call, house: House): Promise<Answer> {
  const query = new URLSearchParams(call.query ?? "");
  const { wrongBrowser, entry } = house.character.browser;
  if (call.method !== "GET") throw new Refusal("no-such-method", "open it with a browser");
  // Agents may have registered this very address as their own page.
  if (house.sessions.get(query.get("landed") ?? "")?.phase === "consented") return page(200, "Done", "<p>All set.</p>");
  const session = house.byState.get(query.get("state") ?? "");
  if (session === undefined) throw new Refusal("callback-state", "unknown state");
  const seat = cookie(call, seatOf(session, house));
  if (seat === undefined || seat !== session.browser) {
    if (wrongBrowser === "state-dies") house.byState.delete(session.state);
    throw new Refusal("callback-browser", "not the browser that was sent to consent");
  }
  house.byState.delete(session.state);
  if (session.phase !== "begun") throw new Refusal("session-used", "this session came back already");
  if (isOver(session, house)) throw new Refusal("session-expired", "too late");
  const code = query.get("code");
  if (code === null || query.has("error")) {
    if (query.get("error") === "access_denied") return denied(session, house);
    session.phase = "failed";
    return landing(session, house, "server_error");
  }
  if (entry === "login-and-consent") return agreed(session, house);
  session.providerCode = code;
  session.phase = "came-back";
  if (house.character.bridge.redeem === "at-callback") {
    try {
      await redeem(session, house);
    } catch {
      return landing(session, house, "server_error");
    }
  }
  return landing(session, house);
}

function denied(session: Session, house: House): Answer {
  session.phase = "denied";
  house.byState.delete(session.state);
  house.log("access_denied", {
    agent_id: session.agent.agentId,
    provider_id: session.provider,
    requested_scopes: session.scopes,
    denial_reason: "the user said no",
  });
  if (house.character.browser.denied === "page-200") return page(200, "Refused", "<p>Nothing was shared.</p>");
  return landing(session, house, "access_denied");
}

function landing(session: Session, house: House, error?: string): Answer {
  if (house.character.browser.afterCallback === "straight" || error !== undefined) return lead(session, house, error);
  return redirect(302, `${house.base}/finished/${session.id}`);
}

function finished(_: Call, id: string, house: House): Answer {
  const session = house.sessions.get(id);
  return session === undefined ? page(400, "Nothing here", "<p>Gone.</p>") : lead(session, house);
}

function lead(session: Session, house: House, error?: string): Answer {
  const { redirectUri, agentState, code, id } = session;
  const own = house.character.code === "own" && error === undefined ? { code } : {};
  const result = { ...own, ...(error === undefined ? {} : { error }) };
  if (redirectUri === undefined) return redirect(302, withParameters(`${house.base}/done`, result));
  const isOwn = redirectUri.split("?", 1)[0] === `${house.base}/ath/callback`;
  const mark = isOwn && error === undefined ? { landed: id } : {};
  return redirect(302, withParameters(redirectUri, { ...result, state: agentState, ...mark }));
}
