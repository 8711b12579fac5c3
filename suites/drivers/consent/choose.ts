import type { ConsentAsk } from "./consent-driver.ts";
import { type Leaning, leaningOf, linkAgrees, linkRefuses } from "./decision-words.ts";
import { type Alternative, type Filling, grants, type Studied, study } from "./form-traits.ts";
import type { Field, Form, Link, PageContent } from "./html-forms.ts";

/** What the user does at a page. */
export type Choice = (Submission | Following) & {
  /** The user's decision is in it; log-in pages and the like only lead there. */
  readonly decides: boolean;
};

export interface Submission {
  readonly form: Form;
  readonly button?: Field;
  /** The options taken where the form has the user choose between yes and no, by the name of the control. */
  readonly picked: ReadonlyMap<string, string>;
}

interface Following {
  readonly link: Link;
}

/**
 * What the user does at a page; undefined: the page offers nothing that fits; "unreadable": it asks, and what to
 * press cannot be told. A user who refuses never presses what agrees.
 */
export function choose(
  { forms, links }: PageContent,
  ask: ConsentAsk,
  filling: Filling,
  decided: boolean,
): Choice | "unreadable" | undefined {
  const studied = forms.map((form) => study(form, ask, filling));
  return ask.grant === "deny" ? refuse(studied, links, ask, decided) : grant(studied, links, ask, filling, decided);
}

function pick(alternatives: readonly Alternative[], ask: ConsentAsk): ReadonlyMap<string, string> {
  return new Map(
    alternatives.map(({ name, scope, agreeing, refusing }) => {
      const agrees = scope === undefined ? ask.grant !== "deny" : grants(ask, scope);
      return [name, agrees ? agreeing : refusing];
    }),
  );
}

function refuse(
  all: readonly Studied[],
  links: readonly Link[],
  ask: ConsentAsk,
  decided: boolean,
): Choice | "unreadable" | undefined {
  const submission = ({ form, alternatives }: Studied, button: Field | undefined, decides: boolean): Choice => ({
    form,
    ...(button && { button }),
    picked: pick(alternatives, ask),
    decides,
  });
  // A page may have more to refuse than the consent (cookies, say).
  const consentFirst = [
    ...all.filter(({ asksConsent }) => asksConsent),
    ...all.filter(({ asksConsent }) => !asksConsent),
  ];
  for (const one of consentFirst) {
    const refusing = one.buttons.find(({ leaning }) => leaning === "refuses");
    if (refusing !== undefined) return submission(one, refusing.field, true);
  }
  for (const one of all.filter(({ decidesByAlternative }) => decidesByAlternative)) {
    const harmless = one.buttons.filter(({ leaning }) => leaning === "neutral" || leaning === "goes-on");
    if (harmless.length === 1 || one.buttons.length === 0) return submission(one, harmless[0]?.field, true);
  }
  const refusing = links.find(({ label, url }) => linkRefuses(label, url));
  if (refusing !== undefined) return { link: refusing, decides: true };
  for (const one of all.filter(({ isLogin }) => isLogin)) {
    // "Sign in and allow" is log-in and consent in one.
    if (one.buttons.some(({ leaning }) => leaning === "agrees" || leaning === "unclear")) continue;
    return submission(one, one.buttons[0]?.field, false);
  }
  const onward = links.find((link) => leadsToProvider(link) && leaningOf(link.label) !== "agrees");
  if (onward !== undefined) return { link: onward, decides: false };
  // A page that posts the refusal on by script (OAuth 2.0 Form Post Response Mode).
  const posted = decided
    ? all.find(({ form: { fields } }) => fields.length > 0 && fields.every(({ kind }) => kind === "hidden"))
    : undefined;
  if (posted !== undefined) return submission(posted, undefined, false);
  return all.some(({ asksConsent }) => asksConsent) ? "unreadable" : undefined;
}

/** How well a form fits a user who grants, best first. */
const ranks = ["configured", "consent", "agrees", "login", "goes-on", "post", "get"] as const;

function grant(
  all: readonly Studied[],
  links: readonly Link[],
  ask: ConsentAsk,
  filling: Filling,
  decided: boolean,
): Choice | "unreadable" | undefined {
  const ranked = all.map((one) => ({ ...one, rank: rankOf(one, filling) }));
  const rank = ranks.find((wanted) => ranked.some((one) => one.rank === wanted));
  const fitting = ranked.filter((one) => one.rank === rank);
  const [best] = fitting;
  if (rank === undefined || best === undefined) {
    const link = links.find(leadsToProvider);
    if (link !== undefined) return { link, decides: false };
    if (decided) return undefined;
    const agreeing = links.find(({ label }) => linkAgrees(label));
    return agreeing && { link: agreeing, decides: true };
  }
  if ((rank === "post" || rank === "get") && fitting.length > 1) return "unreadable";
  const button = buttonToGrant(best, filling);
  if (button === "unreadable") return button;
  const { form, buttons, alternatives } = best;
  const besideRefusal = rank === "goes-on" && buttons.some(({ leaning }) => leaning === "refuses");
  return {
    form,
    ...(button && { button }),
    picked: pick(alternatives, ask),
    decides: rank === "configured" || rank === "consent" || rank === "agrees" || besideRefusal,
  };
}

function rankOf(one: Studied, filling: Filling): (typeof ranks)[number] | undefined {
  const { form, buttons, asksConsent, isLogin, isSearch } = one;
  const leads = (leaning: Leaning) => buttons.some((button) => button.leaning === leaning);
  if (buttons.some(({ field }) => isConfigured(field, filling))) return "configured";
  if (buttons.length > 0 && !leads("agrees") && !leads("goes-on") && !leads("neutral")) return undefined;
  if (asksConsent) return "consent";
  if (leads("agrees")) return "agrees";
  if (isLogin) return "login";
  if (isSearch) return undefined;
  if (leads("goes-on")) return "goes-on";
  if (form.method === "POST") return "post";
  return form.fields.some(({ kind }) => kind !== "submit") ? "get" : undefined;
}

function buttonToGrant(one: Studied, filling: Filling): Field | "unreadable" | undefined {
  const { buttons, isLogin } = one;
  const configured = buttons.find(({ field }) => isConfigured(field, filling));
  const agreeing = buttons.find(({ leaning }) => leaning === "agrees");
  const onward = buttons.find(({ leaning }) => leaning === "goes-on");
  const found = configured ?? agreeing ?? onward;
  if (found !== undefined) return found.field;
  const neutral = buttons.filter(({ leaning }) => leaning === "neutral");
  return neutral.length > 1 && !isLogin ? "unreadable" : neutral[0]?.field;
}

function isConfigured({ name, value }: Field, filling: Filling): boolean {
  return name !== "" && Object.hasOwn(filling, name) && filling[name] === value;
}

function leadsToProvider({ url: { searchParams } }: Link): boolean {
  return searchParams.has("client_id") && searchParams.has("redirect_uri");
}
