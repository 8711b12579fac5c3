import type { X509Certificate } from "node:crypto";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf } from "../engine/granted.ts";
import { parseJson, text } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { misshapen, type RpcRelation, rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import {
  certificateIn,
  commonNameOf,
  isIssuedBy,
  keyOf,
  periodOf,
  serialOf,
  subjectOf,
} from "./shared/certificates.ts";
import { judgeChain, publishedChain } from "./shared/published-chain.ts";
import { revocationListIn } from "./shared/revocation-list.ts";
import { sentParam } from "./shared/sent.ts";

/** The clocks of kit and target may be this far apart. */
const skewMs = 300_000;

const needs = ["open-registration"] as const;

/** auth.create_aid for a new AID. */
async function created(world: AunWorld): Promise<RpcCall> {
  world.fact("now", world.now());
  return world.createAid(world.stranger());
}

/** A relation that the certificate in the result must keep. */
function certified(
  reasonCode: string,
  expected: string,
  broken: (certificate: X509Certificate, evidence: Evidence, call: RpcCall) => string | undefined,
): RpcRelation {
  return {
    reasonCode,
    expected,
    broken(result, evidence, call) {
      const certificate = certificateIn(text(result, "cert"));
      return certificate === undefined ? "a certificate that cannot be read" : broken(certificate, evidence, call);
    },
  };
}

/** A granted auth.create_aid, and its certificate, from the evidence; or why there is none. */
function subjectIn(evidence: Evidence): Finding | { readonly call: RpcCall; readonly certificate: X509Certificate } {
  const [call] = markedCalls(evidence, "subject");
  const certificate = certificateIn(text(call?.result, "cert"));
  if (call !== undefined && grantedCall(call) && certificate !== undefined) return { call, certificate };
  const actual = call === undefined ? "no call" : answerOfCall(call);
  return untested({
    reasonCode: "request-refused",
    expected: "a certificate of auth.create_aid",
    actual,
    exchanges: call?.frames ?? [],
    cause: "target",
  });
}

const isOk = ({ response }: Exchange) => response !== null && response.status === 200;

function judgeRegistry(evidence: Evidence): Finding {
  const subject = subjectIn(evidence);
  if ("outcome" in subject) return subject;
  const { certificate, call } = subject;
  const [known] = marked(evidence, "known");
  const [unknown] = marked(evidence, "unknown");
  const expected = "the AID's certificate, and 404 for an AID that does not exist";
  if (!known?.response || !unknown?.response) {
    return untested({ reasonCode: "transport", expected, actual: "no answer over HTTP" });
  }
  const exchanges = [...call.frames, known, unknown];
  const shown = certificateIn(known.response.body);
  if (!isOk(known) || shown?.fingerprint256 !== certificate.fingerprint256) {
    const actual = shown === undefined ? answerOf(known) : `the certificate of ${subjectOf(shown)}, another one`;
    return violated({ reasonCode: "not-found", expected, actual, exchanges });
  }
  if (unknown.response.status === 404) return pass(exchanges);
  return violated({ reasonCode: "found", expected, actual: `${answerOf(unknown)} for nobody`, exchanges });
}

function judgeRevocationList(evidence: Evidence): Finding {
  const subject = subjectIn(evidence);
  if ("outcome" in subject) return subject;
  const { call } = subject;
  const [exchange] = marked(evidence, "list");
  const authority = certificateIn(text(call.result, "ca_cert"));
  const now = evidence.facts["now"];
  const expected = "a list in crl_pem that the issuer signed and that is current";
  if (!exchange?.response || authority === undefined || typeof now !== "number") {
    return untested({ reasonCode: "transport", expected, actual: "no answer over HTTP, or no issuer to verify with" });
  }
  const exchanges = [...call.frames, exchange];
  const answer = parseJson(exchange.response.body);
  const list = revocationListIn(text(answer, "crl_pem") ?? "");
  if (!isOk(exchange) || list === undefined) {
    const actual = isOk(exchange)
      ? (misshapen("AunRevocationList", answer) ?? "a list that cannot be read")
      : answerOf(exchange);
    return violated({ reasonCode: "schema", expected, actual, exchanges });
  }
  if (!list.isSignedBy(authority.publicKey)) {
    return violated({ reasonCode: "bad-signature", expected, actual: "a signature of another key", exchanges });
  }
  if (list.nextUpdate !== undefined && list.nextUpdate > now - skewMs) return pass(exchanges);
  const actual = list.nextUpdate === undefined ? "no nextUpdate" : `due ${new Date(list.nextUpdate).toISOString()}`;
  return violated({ reasonCode: "stale", expected, actual, exchanges });
}

function judgeStatus(evidence: Evidence): Finding {
  const subject = subjectIn(evidence);
  if ("outcome" in subject) return subject;
  const [exchange] = marked(evidence, "status");
  const expected = "an answer about the serial number, with status good";
  if (!exchange?.response) return untested({ reasonCode: "transport", expected, actual: "no answer over HTTP" });
  const exchanges = [...subject.call.frames, exchange];
  const answer = parseJson(exchange.response.body);
  const problem = isOk(exchange) ? misshapen("AunCertificateStatus", answer) : answerOf(exchange);
  const actual = problem ?? `status ${text(answer, "status") ?? "nothing"}`;
  if (problem === undefined && text(answer, "status") === "good") return pass(exchanges);
  return violated({ reasonCode: "schema", expected, actual, exchanges });
}

/** What an AID gets, and what is published of it (A81, A82). */
export const certificateChecks: readonly Check<AunWorld>[] = [
  rpcConforms({
    id: "A81.result",
    requirement: "A81",
    title: "auth.create_aid gives the AID, its certificate, the issuer's and the curve",
    needs,
    subject: created,
    shape: "AunCreatedAid",
    relations: [
      {
        reasonCode: "wrong-aid",
        expected: "the AID of the request",
        broken(result, _evidence, call) {
          const aid = text(result, "aid");
          return aid === sentParam(call, "aid") ? undefined : JSON.stringify(aid ?? null);
        },
      },
      certified("schema", "a certificate in PEM", () => undefined),
    ],
  }),
  rpcConforms({
    id: "A82.subject-key",
    requirement: "A82",
    title: "the certificate is of the AID and of the key that was submitted",
    needs,
    subject: created,
    relations: [
      certified("wrong-cn", "the AID as common name", (certificate, _evidence, call) =>
        commonNameOf(certificate) === sentParam(call, "aid") ? undefined : subjectOf(certificate),
      ),
      certified("wrong-key", "the submitted key", (certificate, _evidence, call) =>
        keyOf(certificate) === sentParam(call, "public_key") ? undefined : "another key",
      ),
    ],
  }),
  rpcConforms({
    id: "A82.signed",
    requirement: "A82",
    title: "the certificate is signed by ca_cert, with ECDSA",
    needs,
    subject: created,
    relations: [
      certified("bad-signature", "an ECDSA signature that verifies under ca_cert", (certificate, _evidence, call) => {
        const authority = certificateIn(text(call.result, "ca_cert"));
        if (authority === undefined) return "a ca_cert that cannot be read";
        if (authority.publicKey.asymmetricKeyType !== "ec") return "an authority whose key is not on a curve";
        return isIssuedBy(certificate, authority) ? undefined : `not signed by ${subjectOf(authority)}`;
      }),
    ],
  }),
  rpcConforms({
    id: "A82.validity",
    requirement: "A82",
    title: "the certificate is valid now, and is no authority's",
    needs,
    subject: created,
    relations: [
      certified("not-valid", "a certificate that has begun and has not ended", (certificate, { facts }) => {
        const { notBefore, notAfter } = periodOf(certificate);
        const now = Number(facts["now"]);
        const isCurrent = notBefore - skewMs <= now && now <= notAfter + skewMs;
        return isCurrent ? undefined : `${certificate.validFrom} to ${certificate.validTo}`;
      }),
      certified("is-ca", "CA:FALSE", ({ ca }) => (ca ? "CA:TRUE" : undefined)),
    ],
  }),
  check<AunWorld>({
    id: "A82.chain",
    requirement: "A82",
    title: "/pki/chain leads from the certificate's issuer to the root",
    needs,
    async drive(world) {
      world.mark("subject", await created(world));
      await publishedChain(world);
    },
    judge: (evidence) => judgeChain(evidence, "cert"),
  }),
  rpcConforms({
    id: "A82.aia",
    requirement: "A82",
    title: "the certificate says where its issuer's is",
    needs,
    subject: created,
    relations: [
      certified("no-aia", "an authority information access extension", ({ infoAccess }) =>
        infoAccess === undefined ? "none" : undefined,
      ),
    ],
  }),
  check<AunWorld>({
    id: "A82.registry",
    requirement: "A82",
    title: "/pki/cert gives the certificate of an AID, and 404 for nobody",
    level: "should",
    needs,
    async drive(world) {
      const call = await created(world);
      world.mark("subject", call);
      world.mark("known", await world.get(`/pki/cert/${String(sentParam(call, "aid"))}`));
      world.mark("unknown", await world.get(`/pki/cert/${world.stranger().aid}`));
    },
    judge: judgeRegistry,
  }),
  check<AunWorld>({
    id: "A82.crl",
    requirement: "A82",
    title: "the revocation list is signed by the issuer and current",
    level: "should",
    needs,
    async drive(world) {
      world.mark("subject", await created(world));
      world.mark("list", await world.get("/pki/crl.json"));
    },
    judge: judgeRevocationList,
  }),
  check<AunWorld>({
    id: "A82.ocsp",
    requirement: "A82",
    title: "the status of the certificate can be had by its serial number",
    level: "should",
    needs,
    async drive(world) {
      const call = await created(world);
      world.mark("subject", call);
      const certificate = certificateIn(text(call.result, "cert"));
      if (certificate !== undefined) world.mark("status", await world.get(`/pki/ocsp/${serialOf(certificate)}`));
    },
    judge: judgeStatus,
  }),
];
