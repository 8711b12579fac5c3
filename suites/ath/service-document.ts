import type { Reply } from "../drivers/reply.ts";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { member, parseJson, strings, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { conforms, judgeShape } from "../kinds/conforms.ts";
import { requireGranted } from "../kinds/control.ts";
import { approvalOf } from "./shared/approvals.ts";
import { fetchDocument, foreignUrl } from "./shared/published-document.ts";
import { writtenForVersion } from "./shared/version.ts";

/** The document, next to a registration by the given app_id: what it says has to be what is decided by. */
async function registeredByDocument(world: World): Promise<void> {
  const document = await fetchDocument(world);
  requireGranted(document, "discovery");
  world.mark("subject", document);
  const appId = text(document.json, "app_id") ?? "";
  const scopes = world.settings.providers[0]?.scopes ?? [];
  world.mark("attempt", await world.agent.register({ providers: [{ provider_id: appId, scopes }] }));
  // Whether it is the app_id that is unknown shows by the configured one.
  world.mark("control", await world.newAgent().register());
}

interface Registered {
  readonly document: unknown;
  readonly appId: string;
  /** What was approved for the app_id of the document, and for the configured provider. */
  readonly byDocument: readonly string[];
  readonly byConfiguration: readonly string[];
}

function registeredIn(evidence: Evidence): Registered | undefined {
  const [subject] = marked(evidence, "subject");
  const [attempt] = marked(evidence, "attempt");
  const [control] = marked(evidence, "control");
  if (subject === undefined || attempt === undefined || control === undefined || !granted(control)) return undefined;
  const document = parseJson(subject.response?.body);
  const appId = text(document, "app_id") ?? "";
  const approvedIn = (body: unknown) => {
    const listed = member(body, "approved_providers");
    const ids = Array.isArray(listed) ? listed.flatMap((entry: unknown) => text(entry, "provider_id") ?? []) : [];
    return ids.flatMap((id) => approvalOf(body, id)?.approved ?? []);
  };
  return {
    document,
    appId,
    byDocument: approvedIn(parseJson(attempt.response?.body)),
    byConfiguration: approvedIn(parseJson(control.response?.body)),
  };
}

const notRegistered = (expected: string): Finding =>
  untested({ reasonCode: "control-refused", expected, actual: "no granted registration is in the evidence" });

/** A document that is not there is this check's finding, when somebody who registers agents does not publish it. */
async function documentOfService(world: World): Promise<void> {
  const document = await fetchDocument(world);
  world.mark("subject", document);
  if (!document.granted) world.mark("control", await world.agent.register());
}

function judgeDocument(evidence: Evidence): Finding {
  const [subject] = marked(evidence, "subject");
  const expected = "a ServiceDiscoveryDocument at /.well-known/ath-app.json";
  if (subject === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no exchange" });
  const status = subject.response?.status ?? 0;
  if (status >= 200 && status < 300) {
    return judgeShape("ServiceDiscoveryDocument", parseJson(subject.response?.body), subject) ?? pass([subject]);
  }
  const details = { expected, actual: answerOf(subject), exchanges: [subject] };
  const isService = marked(evidence, "control").some(granted);
  return isService && status >= 400 && status !== 429
    ? violated({ reasonCode: "not-published", ...details })
    : untested({ reasonCode: "request-refused", ...details, cause: "target" });
}

/** The document, granted. */
async function granting(world: World): Promise<Reply> {
  const document = await fetchDocument(world);
  requireGranted(document, "discovery");
  return document;
}

/** What a native service says of itself (DISC-2). */
export const serviceDocumentChecks: readonly Check[] = [
  check({
    id: "DISC-2.shape",
    requirement: "DISC-2",
    title: "the service publishes a ServiceDiscoveryDocument",
    drive: documentOfService,
    judge: judgeDocument,
  }),
  conforms({
    id: "DISC-2.version",
    requirement: "DISC-2",
    title: 'the document says that it is written for version "0.1"',
    subject: granting,
    relations: [writtenForVersion],
  }),
  conforms({
    id: "DISC-2.auth-type",
    requirement: "DISC-2",
    title: "the document says that agents authenticate by OAuth 2.0",
    subject: granting,
    relations: [
      {
        reasonCode: "wrong-auth-type",
        expected: 'auth.type is "oauth2"',
        broken(body) {
          const type = member(member(body, "auth"), "type");
          return type === "oauth2" ? undefined : `auth.type is ${JSON.stringify(type ?? null)}`;
        },
      },
    ],
  }),
  check({
    id: "DISC-2.app-id",
    requirement: "DISC-2",
    title: "the app_id is the provider_id that agents register for",
    drive: registeredByDocument,
    judge(evidence) {
      const expected = "a registration for the app_id is approved like one for the configured provider (POS-14)";
      const registered = registeredIn(evidence);
      if (registered === undefined) return notRegistered(expected);
      const { appId, byDocument, byConfiguration } = registered;
      const exchanges = marked(evidence, "attempt");
      if (byConfiguration.length === 0) return notRegistered(expected);
      if (byDocument.length > 0) return pass(exchanges);
      const actual = `nothing is approved for ${JSON.stringify(appId)}: ${exchanges.map(answerOf).join()}`;
      if (exchanges.some(({ response }) => response === null || response.status === 429)) {
        return untested({ reasonCode: "no-answer", expected, actual, exchanges });
      }
      return violated({ reasonCode: "app-id-unknown", expected, actual, exchanges });
    },
  }),
  check({
    id: "DISC-2.scopes",
    requirement: "DISC-2",
    title: "every scope that the service approves is in scopes_supported",
    drive: registeredByDocument,
    judge(evidence) {
      const expected = "scopes_supported lists every approved scope";
      const registered = registeredIn(evidence);
      if (registered === undefined || registered.byConfiguration.length === 0) return notRegistered(expected);
      const listed = strings(member(member(registered.document, "auth"), "scopes_supported")) ?? [];
      const unlisted = registered.byConfiguration.filter((scope) => !listed.includes(scope));
      const exchanges = [...marked(evidence, "subject"), ...marked(evidence, "control")];
      if (unlisted.length === 0) return pass(exchanges);
      return violated({
        reasonCode: "scope-unlisted",
        expected,
        actual: `not listed: ${unlisted.join(", ")}`,
        exchanges,
      });
    },
  }),
  conforms({
    id: "DISC-2.api-base-origin",
    requirement: "DISC-2",
    title: "the api_base is an absolute URL on the same origin, or on https",
    subject: granting,
    relations: [
      {
        reasonCode: "foreign-origin",
        expected: "an absolute URL on the target's origin, or on https",
        broken: (body, _evidence, { request }) => foreignUrl(text(body, "api_base"), request.url),
      },
    ],
  }),
];
