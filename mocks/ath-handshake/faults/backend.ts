import { fault, foundBy } from "./fault.ts";

/** Fields that a second set of which would break the backend's own. */
const framing = new Set(["host", "content-length", "content-type", "transfer-encoding", "connection", "cookie"]);

/** What backends get and give (GW-2, GW-3). */
export const backendFaults = [
  fault({
    id: "GW-2.token-forwarded",
    requirement: "GW-2",
    sentence: "The agent's access token goes on to the backend.",
    rule: "backend.passedHeaders",
    wrong:
      () =>
      ({ headers }) =>
        headers
          .filter(([name]) => name.toLowerCase() === "authorization")
          .map(([, value]): [string, string] => ["x-forwarded-authorization", value]),
    kills: foundBy("token-forwarded", "GW-2.no-ath-token"),
  }),
  fault({
    id: "GW-2.headers-forwarded",
    requirement: "GW-2",
    sentence: "The agent's header fields go on to the backend.",
    rule: "backend.passedHeaders",
    wrong:
      () =>
      ({ headers }) =>
        headers.filter(([name]) => !framing.has(name.toLowerCase()) && name.toLowerCase() !== "authorization"),
    kills: foundBy("header-forwarded", "GW-2.no-ath-headers"),
  }),
  fault({
    id: "GW-2.credential-missing",
    requirement: "GW-2",
    sentence: "The gateway does not identify itself at the backend.",
    rule: "backend.credential",
    wrong: () => () => [],
    kills: foundBy("credential-missing", "GW-2.own-credential"),
  }),
  fault({
    id: "GW-3.json-forwarded",
    requirement: "GW-3",
    sentence: "Backends get the agent's JSON, whatever they speak.",
    rule: "backend.request",
    wrong:
      () =>
      ({ asJson }) =>
        asJson(),
    kills: foundBy("not-translated", "GW-3.soap", "GW-3.form"),
  }),
  fault({
    id: "GW-3.fields-dropped",
    requirement: "GW-3",
    sentence: "Only the first member of the agent's data reaches the backend.",
    rule: "backend.fields",
    wrong:
      () =>
      ({ fields }) =>
        Object.fromEntries(Object.entries(fields).slice(0, 1)),
    kills: foundBy("lost-data", "GW-3.soap", "GW-3.form", "GW-3.json"),
  }),
  fault({
    id: "GW-3.xml-returned",
    requirement: "GW-3",
    sentence: "What the backend answers goes to the agent as it is.",
    rule: "backend.answer",
    wrong:
      () =>
      ({ body, contentType }) => ({ kind: "raw", contentType, text: body }),
    kills: foundBy("not-translated", "GW-3.soap", "GW-3.form"),
  }),
  fault({
    id: "GW-3.unescaped",
    requirement: "GW-3",
    sentence:
      "Characters with a meaning in the backend's form break its fields apart, or are dropped where they would end it.",
    rule: "backend.escaped",
    wrong:
      () =>
      ({ text, toSafe }) =>
        toSafe("<") === "&lt;" ? toSafe(text.replace(/[<>&"']/g, "")) : text,
    kills: foundBy("lost-data", "GW-3.special-characters"),
  }),
];
