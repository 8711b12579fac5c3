import type { ConsentAsk } from "./consent-driver.ts";
import { type Leaning, leaningOf } from "./decision-words.ts";
import type { Field, Form } from "./html-forms.ts";

/** What the configuration fills in, by the name of the control. */
export type Filling = Readonly<Record<string, string>>;

interface Button {
  readonly field: Field;
  readonly leaning: Leaning;
}

/** Radio buttons of one name, or a select, of which the user takes one option. */
export interface Alternative {
  readonly name: string;
  /** undefined: it is the decision as a whole. */
  readonly scope?: string;
  readonly agreeing: string;
  readonly refusing: string;
}

export interface Studied {
  readonly form: Form;
  readonly buttons: readonly Button[];
  readonly alternatives: readonly Alternative[];
  /** It decides on scopes, or offers yes and no. */
  readonly asksConsent: boolean;
  readonly decidesByAlternative: boolean;
  readonly isLogin: boolean;
  readonly isSearch: boolean;
}

const nameOfUser = /user|login|email|account/i;
const nameOfDecision = /decision|decide|choice|consent|permission|access|allow|approv|authori[sz]|accept|agree|grant/i;

/** What goes into a text or password field; undefined: what the page put there. */
export function filled({ kind, name }: Field, filling: Filling): string | undefined {
  if (Object.hasOwn(filling, name)) return filling[name];
  if (kind === "password") return filling["password"];
  return kind === "text" && nameOfUser.test(name) ? filling["user"] : undefined;
}

/** The asked or granted scope that a check box, or a group of radio buttons, stands for. */
export function scopeOf({ kind, name, value, label }: Field, { grant, scopes }: ConsentAsk): string | undefined {
  if (kind !== "checkbox" && kind !== "radio") return undefined;
  const known = [...scopes, ...(typeof grant === "string" ? [] : grant)];
  const named = known.find((scope) => name === scope || name === `scope:${scope}` || name === `scope_${scope}`);
  if (named !== undefined || kind === "radio") return named;
  return known.find((scope) => value === scope) ?? known.find((scope) => label.split(/[\s(),;"]+/).includes(scope));
}

/** Whether the user grants a scope. */
export function grants({ grant }: ConsentAsk, scope: string): boolean {
  return grant === "asked" || (grant !== "deny" && grant.includes(scope));
}

/** What a form is for, as far as its controls tell. */
export function study(form: Form, ask: ConsentAsk, filling: Filling): Studied {
  const { fields, method } = form;
  const submits = fields.filter(({ kind }) => kind === "submit");
  const alternatives = alternativesOf(form, ask);
  const decidesByAlternative = alternatives.some(({ scope }) => scope === undefined);
  const hasScopes = alternatives.length > 0 || fields.some((field) => scopeOf(field, ask) !== undefined);
  const texts = fields.filter(({ kind }) => kind === "text" || kind === "password");
  return {
    form,
    buttons: submits.map((field) => ({ field, leaning: leaningOfButton(field, submits) })),
    alternatives,
    asksConsent: hasScopes,
    decidesByAlternative,
    isLogin: !hasScopes && texts.some((field) => field.kind === "password" || filled(field, filling) !== undefined),
    isSearch: method === "GET" && texts.length > 0 && fields.every(({ kind }) => kind === "text" || kind === "submit"),
  };
}

/** A name that several buttons share says nothing about any of them. */
function leaningOfButton({ name, value, label }: Field, submits: readonly Field[]): Leaning {
  const leaning = leaningOf(label, value);
  const shared = submits.filter((other) => other.name === name).length > 1;
  return leaning === "neutral" && !shared ? leaningOf(name) : leaning;
}

function alternativesOf({ fields }: Form, ask: ConsentAsk): readonly Alternative[] {
  const radios = fields.filter(({ kind }) => kind === "radio");
  const groups = [
    ...[...new Set(radios.map(({ name }) => name))].map((name) => {
      const options = radios.filter((radio) => radio.name === name);
      return { name, options, scope: options[0] && scopeOf(options[0], ask) };
    }),
    ...fields.flatMap(({ name, options }) => (options ? [{ name, options, scope: undefined }] : [])),
  ];
  return groups.flatMap(({ name, options, scope }): readonly Alternative[] => {
    const optionFor = (leaning: Leaning) =>
      options.find((option) => leaningOf(option.label, option.value) === leaning)?.value;
    // "Remember me: yes or no" is no decision.
    const mild = scope !== undefined || nameOfDecision.test(name) ? optionFor("goes-on") : undefined;
    const [agreeing, refusing] = [optionFor("agrees") ?? mild, optionFor("refuses")];
    if (agreeing === undefined || refusing === undefined) return [];
    return [{ name, agreeing, refusing, ...(scope === undefined ? {} : { scope }) }];
  });
}
