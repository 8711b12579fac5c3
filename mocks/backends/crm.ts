import { sameText } from "../ath/random.ts";
import type { Clock } from "../core/clock.ts";
import { type RandomSource, systemRandom } from "../core/random.ts";
import { type BackendExchange, type LegacyBackend, legacyBackend, recordsAnswer } from "./backend.ts";
import { formText, readForm } from "./form.ts";

export interface CrmOptions {
  readonly clock: Clock;
  /** The account that logs in. */
  readonly account: { readonly name: string; readonly password: string };
  readonly random?: RandomSource;
}

export const crmLoginPath = "/login";
export const crmCookie = "CRMSESSION";

const SESSION_MS = 30 * 60 * 1000;
const MAX_SESSIONS = 1_000;

const customers = [
  { id: "c-1", name: "Ada & Söhne", city: "Zürich" },
  { id: "c-2", name: "Bob's <shop>", city: "北京" },
];

function form(status: number, fields: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}) {
  const type = { "content-type": "application/x-www-form-urlencoded", ...headers };
  return new Response(formText(fields), { status, headers: type });
}

function sessionOf({ headers }: Request): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${crmCookie}=`))?.slice(crmCookie.length + 1);
}

/** The customer system: forms both ways, a login page and a session cookie that lasts half an hour. */
export function createCrmBackend({ clock, account, random = systemRandom }: CrmOptions): LegacyBackend {
  const sessions = new Map<string, number>();

  const login = ({ body }: BackendExchange): Response => {
    const { user, password } = readForm(body);
    if (user !== account.name || typeof password !== "string" || !sameText(password, account.password)) {
      return form(401, { error: "wrong user or password" });
    }
    const session = random.text(18);
    sessions.set(session, clock.now() + SESSION_MS);
    for (const oldest of sessions.keys()) {
      if (sessions.size <= MAX_SESSIONS) break;
      sessions.delete(oldest);
    }
    return form(200, { status: "ok" }, { "set-cookie": `${crmCookie}=${session}; Path=/; HttpOnly` });
  };

  const backend = legacyBackend({
    name: "crm",
    clock,
    secrets: () => [account.password, ...sessions.keys()],
    callerOf(request) {
      const session = sessionOf(request);
      if (session === undefined) return "guest";
      return (sessions.get(session) ?? 0) > clock.now() ? "known" : "refused";
    },
    broken: () => form(500, { error: "the CRM is out of order" }),
    answer(exchange, caller) {
      const { request, path, query, body } = exchange;
      if (path === crmLoginPath) return login(exchange);
      if (caller === "refused") return form(401, { error: "log in first" });
      // Whatever comes is read as a form, as old systems do.
      return form(
        200,
        recordsAnswer(`${request.method} ${path}`, customers, { ...readForm(query), ...readForm(body) }),
      );
    },
  });
  return {
    ...backend,
    clear() {
      sessions.clear();
      backend.clear();
    },
  };
}
