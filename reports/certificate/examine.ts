import type { KeyObject } from "node:crypto";
import { type ConformancePredicate, isMessage } from "../../schemas/index.ts";
import { type Envelope, keyId, opened, statementType } from "./dsse.ts";
import { conformanceType, testResultType } from "./statements.ts";

/** Why a certificate does not hold; stable codes. */
export type Refusal =
  | "NO_CERTIFICATE"
  | "OTHER_KEY"
  | "SIGNATURE_INVALID"
  | "STATEMENTS_DISAGREE"
  | "NOT_YET_VALID"
  | "EXPIRED"
  | "NOT_CONFORMANT"
  | "INCOMPLETE"
  | "SELFTEST_NOT_CLEAN"
  | "OTHER_BUNDLE"
  | "VERDICTS_DIFFER";

export interface Problem {
  readonly code: Refusal;
  readonly what: string;
}

/** A certificate as far as it could be read, and everything that speaks against it. */
export interface Examined {
  readonly predicate?: ConformancePredicate;
  readonly problems: readonly Problem[];
}

/** Looks at the text of a certificate (JSON lines of DSSE envelopes) with the issuer's key, at a time. Pure. */
export function examineCertificate(text: string, publicKey: KeyObject, now: number): Examined {
  const envelopes = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parsed);
  if (envelopes.length === 0 || !envelopes.every(isEnvelope)) {
    return refused("NO_CERTIFICATE", "it is not made of DSSE envelopes, one a line");
  }
  const wanted = keyId(publicKey);
  const foreign = envelopes.find(({ signatures }) => !signatures.some(({ keyid }) => keyid === wanted));
  if (foreign !== undefined) {
    const [by] = foreign.signatures;
    if (by === undefined) return refused("SIGNATURE_INVALID", "one of its statements is not signed");
    return refused(
      "OTHER_KEY",
      `it is signed by the key ${by.keyid.slice(0, 16)}…, and the one given is ${wanted.slice(0, 16)}…`,
    );
  }
  const payloads = envelopes.map((envelope) => opened(envelope, publicKey));
  if (payloads.some((payload) => payload === undefined)) {
    return refused("SIGNATURE_INVALID", "its signature does not hold: it was changed after it was signed");
  }
  const statements = payloads.map((payload) => parsed(payload ?? ""));
  const conformance = statements.find((one) => typeOf(one) === conformanceType);
  const predicate = memberOf(conformance, "predicate");
  if (!isMessage("ConformancePredicate", predicate)) {
    return refused("NO_CERTIFICATE", `it has no statement of the type ${conformanceType}`);
  }
  return {
    predicate,
    problems: [...disagreements(statements, predicate), ...timeProblems(predicate, now), ...contentProblems(predicate)],
  };
}

function disagreements(statements: readonly unknown[], predicate: ConformancePredicate): readonly Problem[] {
  const bundles = statements.flatMap((one) => {
    const subjects = memberOf(one, "subject");
    return Array.isArray(subjects) ? subjects.map((subject) => memberOf(memberOf(subject, "digest"), "sha256")) : [];
  });
  const others = bundles.filter((digest) => digest !== undefined && digest !== predicate.bundle.sha256);
  const test = statements.find((one) => typeOf(one) === testResultType);
  const result = memberOf(memberOf(test, "predicate"), "result");
  if (others.length === 0 && test !== undefined && result !== "FAILED") return [];
  return [{ code: "STATEMENTS_DISAGREE", what: "its two statements are not of the same run" }];
}

function timeProblems({ validFrom, expires }: ConformancePredicate, now: number): readonly Problem[] {
  if (Date.parse(validFrom) > now) return [{ code: "NOT_YET_VALID", what: `it counts from ${validFrom}` }];
  if (Date.parse(expires) <= now) return [{ code: "EXPIRED", what: `it counted until ${expires}` }];
  return [];
}

function contentProblems({ verdict, totals, expectedSet, selftest }: ConformancePredicate): readonly Problem[] {
  const judged = Object.values(totals).reduce((sum, count) => sum + count, 0);
  return [
    ...(verdict.result === "conformant" && (totals["fail"] ?? 0) === 0
      ? []
      : [{ code: "NOT_CONFORMANT", what: `it says itself: ${verdict.sentence}` } as const]),
    ...(judged === expectedSet.count
      ? []
      : [{ code: "INCOMPLETE", what: `${expectedSet.count} checks had to run, and ${judged} have a result` } as const]),
    ...(selftest.ok && selftest.faults === selftest.killed
      ? []
      : [
          {
            code: "SELFTEST_NOT_CLEAN",
            what: `the kit caught ${selftest.killed} of ${selftest.faults} faults`,
          } as const,
        ]),
  ];
}

function refused(code: Refusal, what: string): Examined {
  return { problems: [{ code, what }] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function typeOf(statement: unknown): unknown {
  return memberOf(statement, "predicateType");
}

function isEnvelope(value: unknown): value is Envelope {
  const signatures = memberOf(value, "signatures");
  return (
    memberOf(value, "payloadType") === statementType &&
    typeof memberOf(value, "payload") === "string" &&
    Array.isArray(signatures) &&
    signatures.every((one) => typeof memberOf(one, "sig") === "string" && typeof memberOf(one, "keyid") === "string")
  );
}
