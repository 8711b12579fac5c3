import { describe, expect, it } from "vitest";
import { evidenceOf, judged, made } from "../ath/testing/flow-evidence.ts";
import type { Json } from "../engine/json.ts";
import { backends } from "./backends.ts";
import { leavesOf } from "./shared/leaves.ts";

const json = [["content-type", "application/json"]] as const;
const called = (answer: Json | undefined = {}, status = 200, headers: readonly (readonly [string, string])[] = json) =>
  made({ purpose: "api-call", status, headers, ...(answer === undefined ? { body: "<a/>" } : { json: answer }) });

describe("what a backend gets", () => {
  const arrived = (headers: Readonly<Record<string, string>>, body = "") => ({
    arrived: [{ method: "POST", path: "/a", headers, body }],
  });
  it.each([
    ["GW-2.no-ath-token", arrived({ authorization: "Basic ‹credentials:0123456789ab:20›" }), "pass"],
    [
      "GW-2.no-ath-token",
      arrived({ authorization: "Bearer ‹ath-token:0123456789ab:300›" }),
      "violated token-forwarded",
    ],
    ["GW-2.no-ath-token", arrived({}, "t=‹ath-token:0123456789ab:300›"), "violated token-forwarded"],
    ["GW-2.no-ath-headers", arrived({ "x-request-id": "1" }), "pass"],
    ["GW-2.no-ath-headers", arrived({ "X-ATH-Agent-ID": "did:a" }), "violated header-forwarded"],
    ["GW-2.own-credential", arrived({ authorization: "***" }), "pass"],
    ["GW-2.own-credential", arrived({ cookie: "s=***" }), "pass"],
    ["GW-2.own-credential", arrived({ "x-api-key": "***" }), "pass"],
    ["GW-2.own-credential", arrived({}, "<e><wsse:Security/></e>"), "pass"],
    ["GW-2.own-credential", arrived({ "user-agent": "gateway", host: "b" }), "violated credential-missing"],
    ["GW-2.own-credential", { arrived: [] }, "not-tested nothing-arrived"],
  ])("%s", (id, facts, verdict) => {
    expect(judged(backends, id, evidenceOf({ subject: [called()] }, facts))).toBe(verdict);
  });
});

describe("the translation", () => {
  const request = (type: string, body: string, path = "/a") => ({
    method: "POST",
    path,
    headers: { "content-type": type },
    body,
  });
  const soap = request("text/xml; charset=utf-8", "<s:Envelope><s:Body><t>x</t></s:Body></s:Envelope>");
  const form = request("application/x-www-form-urlencoded", "t=x");
  const asJson = request("application/json", '{"t":"x"}');
  const queried = { ...request("", "", "/a?t=x"), headers: {} };
  const call = (format: string, arrived: Json, read: Json = ["x"]) => ({
    calls: [{ format, sent: ["x"], arrived: [arrived], read }],
  });
  it.each([
    ["SOAP as SOAP", call("soap", soap), called(), "pass"],
    ["a form as a form", call("form", form), called(), "pass"],
    ["a form in the query", call("form", queried), called(), "pass"],
    ["JSON as JSON", call("json", asJson), called(), "pass"],
    ["SOAP as JSON", call("soap", asJson), called(), "violated not-translated"],
    ["SOAP as JSON, which the backend refuses", call("soap", asJson), called({}, 415), "violated not-translated"],
    ["a form as JSON", call("form", asJson), called(), "violated not-translated"],
    [
      "an answer as XML",
      call("soap", soap),
      called(undefined, 200, [["content-type", "text/xml"]]),
      "violated not-translated",
    ],
    ["JSON called XML", call("soap", soap), called({}, 200, [["content-type", "text/xml"]]), "violated not-translated"],
    ["a field lost", call("soap", soap, ["y"]), called(), "violated lost-data"],
    ["a refusal", call("soap", soap), called({}, 404), "not-tested request-refused"],
    [
      "nothing arrived",
      { calls: [{ format: "soap", sent: [], arrived: [], read: [] }] },
      called(),
      "not-tested nothing-arrived",
    ],
  ])("%s", (_, facts, subject, verdict) => {
    expect(judged(backends, "GW-3.special-characters", evidenceOf({ subject: [subject] }, facts))).toBe(verdict);
  });

  it("gives no verdict on nothing", () => {
    for (const { id } of backends.checks) expect(judged(backends, id, evidenceOf({}))).toMatch(/^not-tested/);
  });
});

describe("leavesOf", () => {
  it.each([
    ["JSON", '{"a": {"b": ["x", 5, true, null]}}', ["x", "5", "true"]],
    ["a form", "a=x+y&b=%26", ["x y", "&"]],
    ["XML", `<?xml version="1.0"?><e><b>&lt;&amp;&#38;&#x20AC; </b>\n<c><![CDATA[<]]></c></e>`, ["<&&€ ", "<"]],
    ["attributes", `<e a="&lt;&#x22;"><b c="x">y</b></e>`, ["y", "x", '<"']],
    ["JSON in a form", "data=%7B%22a%22%3A%22x%22%7D", ['{"a":"x"}', "x"]],
    ["XML in JSON", '{"a":"<b>x</b>"}', ["<b>x</b>", "x"]],
    ["broken XML", "<e><b></e>", []],
    ["entities of HTML as they stand", "<e>&nbsp;x</e>", ["&nbsp;x"]],
    ["no entity of a document type", '<!DOCTYPE e [<!ENTITY a SYSTEM "file:///etc/hostname">]><e>&a;</e>', ["&a;"]],
    ["XML that never ends going deeper", `${"<e>".repeat(50_000)}x`, []],
    ["XML nested beyond any use", `${"<e>".repeat(300)}x${"</e>".repeat(300)}`, []],
    ["nothing", "", []],
  ])("reads %s", async (_, body, leaves) => {
    expect(await leavesOf(body)).toEqual(leaves);
  });

  it("reads the query as well", async () => {
    expect(await leavesOf('{"a":"x"}', "b=y")).toEqual(["y", "x"]);
  });
});
