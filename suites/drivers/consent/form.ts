import { header } from "../../engine/evidence.ts";
import { notTested } from "../../engine/stop.ts";
import { choose, type Submission } from "./choose.ts";
import type { ConsentAsk, ConsentDriver, Navigation, Page } from "./consent-driver.ts";
import { type Filling, filled, grants, scopeOf } from "./form-traits.ts";
import type { Field } from "./html-forms.ts";

/** Log-in, second factor, consent: more pages than that are a loop. */
const mostPages = 10;

export interface FormConsentOptions {
  readonly ask: ConsentAsk;
  /** What to fill in, by the name of the field; `user` and `password` serve fields that are recognised by their kind. */
  readonly fields: Filling;
}

/**
 * Fills and submits the forms of the pages on the way: log-in pages, scope check boxes, the control that decides. A page
 * that it cannot operate ends the check as not-tested: that is the kit's shortcoming and nobody else's.
 */
export function formConsent({ ask, fields }: FormConsentOptions): ConsentDriver {
  let pages = 0;
  let decided = false;
  let lastPage: Page | undefined;
  const offered = new Set<string>();
  const hasDecided = () => decided && pages <= mostPages;
  return {
    async next(page: Page): Promise<Navigation | undefined> {
      const { url, reply } = page;
      pages += 1;
      lastPage = page;
      const type = header(reply.exchange.response ?? { headers: [] }, "content-type") ?? "";
      if (pages > mostPages || !/html/i.test(type)) return undefined;
      const { readPage } = await import("./html-forms.ts");
      const chosen = choose(readPage(reply.bytes.toString("utf8"), url), ask, fields, decided);
      if (chosen === "unreadable") throw ask.grant === "deny" ? noRefusal(page) : unreadable(page);
      if (chosen === undefined) return undefined;
      decided ||= chosen.decides;
      if ("link" in chosen) return { url: chosen.link.url.href, method: "GET" };
      for (const field of chosen.form.fields) offered.add(scopeOf(field, ask) ?? "");
      return submit(chosen, ask, fields);
    },
    decided: hasDecided,
    finish() {
      const { grant, scopes } = ask;
      if (grant === "deny" && !hasDecided()) throw noRefusal(lastPage);
      if (typeof grant === "string") return;
      const kept = scopes.filter((scope) => !grant.includes(scope) && !offered.has(scope));
      if (kept.length > 0) throw allOrNothing(kept);
    },
  };
}

function unreadable({ reply }: Page) {
  return notTested("consent-unreadable", "the kit cannot tell which button of the page agrees", {
    cause: "environment",
    exchanges: [reply.exchange.id],
    mend: "name the button and its value in consent.form.fields, or use consent.driver: command",
  });
}

function noRefusal(page: Page | undefined) {
  return notTested("consent-no-refusal", "no page on the way showed the kit how a user refuses", {
    cause: "environment",
    ...(page && { exchanges: [page.reply.exchange.id] }),
    mend: "let the page have a button or a link that says Deny or Cancel, or use consent.driver: command",
  });
}

function allOrNothing(kept: readonly string[]) {
  return notTested("consent-all-or-nothing", `the consent form offers no choice of ${kept.join(", ")}`, {
    cause: "environment",
    mend: "use consent.driver: provider, or a command that can grant a part of what is asked",
  });
}

function submit({ form, button, picked }: Submission, ask: ConsentAsk, filling: Filling): Navigation {
  const parameters = new URLSearchParams();
  for (const field of form.fields) {
    const value = contribution(field, picked, ask, filling);
    if (field.name !== "" && value !== undefined) parameters.append(field.name, value);
  }
  if (button !== undefined && button.name !== "") parameters.append(button.name, button.value);
  const action = button?.action ?? form.action;
  if ((button?.method ?? form.method) === "POST") {
    return { url: action.href, method: "POST", form: parameters.toString() };
  }
  const url = new URL(action);
  url.search = parameters.toString();
  return { url: url.href, method: "GET" };
}

/** What a control contributes to the submission; undefined: nothing. */
function contribution(
  field: Field,
  picked: ReadonlyMap<string, string>,
  ask: ConsentAsk,
  filling: Filling,
): string | undefined {
  const { kind, name, value, checked } = field;
  switch (kind) {
    case "submit":
      return undefined;
    case "checkbox": {
      const scope = scopeOf(field, ask);
      const on = scope === undefined ? checked : grants(ask, scope);
      return on ? value : undefined;
    }
    case "radio": {
      const option = picked.get(name) ?? filling[name];
      const on = option === undefined ? checked : value === option;
      return on ? value : undefined;
    }
    case "select":
      return picked.get(name) ?? filling[name] ?? value;
    default:
      return filled(field, filling) ?? value;
  }
}
