import { header } from "../../engine/evidence.ts";
import { notTested } from "../../engine/stop.ts";
import type { ConsentAsk, ConsentDriver, Navigation, Page } from "./consent-driver.ts";
import type { Field, Form } from "./html-forms.ts";

const refusing = /\b(deny|denied|reject|refuse|decline|disallow|cancel|no)\b/i;
const agreeing = /\b(allow|approve|authori[sz]e|accept|agree|grant|consent|continue|yes|ok|confirm)\b/i;
const nameOfUser = /user|login|email|account/i;
/** Log-in, second factor, consent: more pages than that are a loop. */
const mostPages = 10;

export interface FormConsentOptions {
  readonly ask: ConsentAsk;
  /** What to fill in, by the name of the field; `user` and `password` serve fields that are recognised by their kind. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Fills and submits the forms of the pages on the way: log-in pages, scope check boxes, the button that decides. */
export function formConsent({ ask, fields }: FormConsentOptions): ConsentDriver {
  let pages = 0;
  let sawScopes = false;
  return {
    async next({ url, reply }: Page): Promise<Navigation | undefined> {
      pages += 1;
      const type = header(reply.exchange.response ?? { headers: [] }, "content-type") ?? "";
      if (pages > mostPages || !/html/i.test(type)) return undefined;
      const { readPage } = await import("./html-forms.ts");
      const { forms, links } = readPage(reply.bytes.toString("utf8"), url);
      const chosen = chooseForm(forms, ask);
      if (chosen === undefined) {
        const onward = links.find(
          ({ searchParams }) => searchParams.has("client_id") && searchParams.has("redirect_uri"),
        );
        return onward && { url: onward.href, method: "GET" };
      }
      sawScopes ||= chosen.form.fields.some((field) => scopeOf(field, ask) !== undefined);
      return submit(chosen, ask, fields);
    },
    finish() {
      const { grant, scopes } = ask;
      if (grant === "asked" || grant === "deny" || pages === 0 || sawScopes) return;
      if (sameScopes(grant, scopes)) return;
      throw notTested("consent-all-or-nothing", "the consent form offers no choice of scopes", {
        cause: "environment",
        mend: "use consent.driver: provider, or a command that can grant a part of what is asked",
      });
    },
  };
}

function sameScopes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((scope) => b.includes(scope));
}

interface Chosen {
  readonly form: Form;
  readonly button?: Field;
}

const words = ({ name, value, label }: Field) => `${name} ${value} ${label}`.replaceAll(/[_-]/g, " ");

/** The form and the button for the decision; forms that hold no button that fits come last. */
function chooseForm(forms: readonly Form[], { grant }: ConsentAsk): Chosen | undefined {
  const wanted = grant === "deny" ? refusing : agreeing;
  for (const form of forms) {
    const button = submits(form).find(
      (field) => wanted.test(words(field)) && (grant === "deny" || !refusing.test(words(field))),
    );
    if (button !== undefined) return { form, button };
  }
  const form = forms.find(({ fields }) => fields.some(({ kind }) => kind === "password")) ?? forms[0];
  if (form === undefined) return undefined;
  const button = submits(form).find((field) => !refusing.test(words(field)));
  return { form, ...(button && { button }) };
}

function submits({ fields }: Form): readonly Field[] {
  return fields.filter(({ kind }) => kind === "submit");
}

/** The asked or granted scope that a check box stands for. */
function scopeOf({ kind, name, value }: Field, { grant, scopes }: ConsentAsk): string | undefined {
  if (kind !== "checkbox") return undefined;
  const known = [...scopes, ...(typeof grant === "string" ? [] : grant)];
  return known.find(
    (scope) => value === scope || name === scope || name === `scope:${scope}` || name === `scope_${scope}`,
  );
}

function submit({ form, button }: Chosen, ask: ConsentAsk, fields: Readonly<Record<string, string>>): Navigation {
  const parameters = new URLSearchParams();
  for (const field of form.fields) {
    const value = contribution(field, ask, fields);
    if (field.name !== "" && value !== undefined) parameters.append(field.name, value);
  }
  if (button !== undefined && button.name !== "") parameters.append(button.name, button.value);
  if (form.method === "POST") return { url: form.action.href, method: "POST", form: parameters.toString() };
  const url = new URL(form.action);
  url.search = parameters.toString();
  return { url: url.href, method: "GET" };
}

/** What a control contributes to the submission; undefined: nothing. */
function contribution(field: Field, ask: ConsentAsk, fields: Readonly<Record<string, string>>): string | undefined {
  const { kind, name, value, checked } = field;
  if (kind === "submit") return undefined;
  if (kind === "checkbox") {
    const scope = scopeOf(field, ask);
    const { grant } = ask;
    const on = scope === undefined ? checked : grant === "asked" || (grant !== "deny" && grant.includes(scope));
    return on ? value : undefined;
  }
  if (kind === "radio") return checked ? value : undefined;
  if (Object.hasOwn(fields, name)) return fields[name];
  if (kind === "password") return fields["password"] ?? value;
  if (kind === "text" && nameOfUser.test(name)) return fields["user"] ?? value;
  return value;
}
