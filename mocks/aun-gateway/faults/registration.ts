import { newKeyPair } from "../../core/key-pair.ts";
import { RpcError } from "../method.ts";
import { keyIn, nameWithin } from "../rules/auth.ts";
import { fault, foundBy } from "./auth-service-fault.ts";

const SERVER_ERROR = -32603;

const nameChecks = ["short", "long", "dash", "upper", "dot", "guest", "unicode", "empty"].map((name) => `A83.${name}`);

/** Who gets which AID and which certificate (A80, A83, A84, A85, A105). */
export const registrationFaults = [
  fault({
    id: "A83.names-unchecked",
    requirement: "A83",
    sentence: "Every name is given away, as long as it does not end in another issuer.",
    rule: "create.nameProblem",
    wrong: (honest) => (input) =>
      input.aid === "" || nameWithin(input.aid, input.issuer) !== undefined ? undefined : honest(input),
    kills: foundBy("accepted", ...nameChecks),
  }),
  fault({
    id: "A83.guest-ok",
    requirement: "A83",
    sentence: "Names that begin with guest are given away.",
    rule: "create.nameProblem",
    wrong: (honest) => (input) => honest({ ...input, aid: input.aid.replace(/^guest/, "agent-") }),
    kills: foundBy("accepted", "A83.guest"),
  }),
  fault({
    id: "A83.no-upper-limit",
    requirement: "A83",
    sentence: "A name may be as long as it likes.",
    rule: "create.nameProblem",
    wrong: (honest) => (input) => {
      const name = nameWithin(input.aid, input.issuer);
      return honest(name === undefined ? input : { ...input, aid: `${name.slice(0, 64)}.${input.issuer}` });
    },
    kills: foundBy("accepted", "A83.long"),
  }),
  fault({
    id: "A83.any-issuer",
    requirement: "A83",
    sentence: "AIDs of other issuers are given away.",
    rule: "create.nameProblem",
    wrong: (honest) => (input) => {
      const [name = ""] = input.aid.split(".");
      const isForeign = nameWithin(input.aid, input.issuer) === undefined;
      return honest(isForeign ? { ...input, aid: `${name}.${input.issuer}` } : input);
    },
    kills: foundBy("accepted", "A83.other-issuer"),
  }),
  fault({
    id: "A84.any-curve",
    requirement: "A84",
    sentence: "Certificates are made for keys of every kind.",
    rule: "create.publicKey",
    wrong:
      () =>
      ({ text }) =>
        keyIn(text),
    kills: foundBy("accepted", "A84.p384-key", "A84.rsa-key", "A84.ed25519-key"),
  }),
  fault({
    id: "A84.garbage-crashes",
    requirement: "A84",
    sentence: "A key that cannot be read ends in an internal error.",
    rule: "create.publicKey",
    wrong: (honest) => (input) => {
      if (input.text !== "" && keyIn(input.text) === undefined) throw new RpcError(SERVER_ERROR, "internal error");
      return honest(input);
    },
    kills: foundBy("server-error", "A84.garbage", "A84.off-curve", "A84.raw-point"),
  }),
  fault({
    id: "A84.key-unchecked",
    requirement: "A84",
    sentence: "Where the key cannot be read, the service makes one of its own.",
    rule: "create.publicKey",
    wrong: (honest) => (input) => {
      const isReadable = keyIn(input.text) !== undefined;
      return isReadable ? honest(input) : newKeyPair("P-256").publicKey;
    },
    kills: foundBy("accepted", "A84.garbage", "A84.off-curve", "A84.raw-point", "A84.missing"),
  }),
  fault({
    id: "A85.overwrites",
    requirement: "A85",
    sentence: "Whoever comes last owns an AID.",
    rule: "create.mayTake",
    wrong: () => () => true,
    kills: foundBy("accepted", "A85.taken"),
  }),
  fault({
    id: "A80.anyone",
    requirement: "A80",
    sentence: "Certificates are made for whoever asks, before auth.connect.",
    rule: "requestCert.allowed",
    wrong: (honest) => (input) => (input.sessionAid === undefined ? "yes" : honest(input)),
    kills: foundBy("accepted", "A80.request-cert-gated"),
  }),
  fault({
    id: "A80.any-aid",
    requirement: "A80",
    sentence: "An authenticated agent may have a certificate in the name of another.",
    rule: "requestCert.allowed",
    wrong: (honest) => (input) => (input.sessionAid === undefined ? honest(input) : "yes"),
    kills: foundBy("accepted", "A80.other-aid"),
  }),
  fault({
    id: "A105.wrong-cert",
    requirement: "A105",
    sentence: "Whatever serial number is asked for, the root comes.",
    rule: "downloadCert.found",
    wrong: (honest) => (input) => (honest(input) === undefined ? undefined : input.find("root")),
    kills: foundBy("wrong-cert", "A105.by-serial"),
  }),
  fault({
    id: "A105.no-root",
    requirement: "A105",
    sentence: "The root cannot be had by its name.",
    rule: "downloadCert.found",
    wrong: (honest) => (input) => (input.serial === "root" ? undefined : honest(input)),
    kills: foundBy("refused", "A105.root"),
  }),
  fault({
    id: "A105.unknown-ok",
    requirement: "A105",
    sentence: "For an unknown serial number the root comes.",
    rule: "downloadCert.found",
    wrong: (honest) => (input) => honest(input) ?? input.find("root"),
    kills: foundBy("accepted", "A105.unknown"),
  }),
];
