import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shiftableClock } from "../core/clock.ts";
import { createFinanceBackend } from "./finance.ts";
import { formText, readForm } from "./form.ts";
import { envelope, fieldsXml, readEnvelope, SoapError } from "./soap.ts";

/** A call whose one field holds lists in lists. */
function nested(levels: number): string {
  const lists = '<item type="list">'.repeat(levels) + "</item>".repeat(levels);
  const field = `<field name="a" type="list">${lists}</field>`;
  return `<oa:Call><oa:Operation>x</oa:Operation><oa:Fields>${field}</oa:Fields></oa:Call>`;
}

describe("SOAP", () => {
  it.each([
    ["no XML", "text"],
    ["half of it", "<a><b></a>"],
    ["another document", "<a/>"],
    ["an envelope with nothing in it", envelope("")],
    ["a document type", `<!DOCTYPE a [<!ENTITY x "y">]>${envelope("<oa:Call><oa:Fields/></oa:Call>")}`],
    ["a field without a name", envelope("<oa:Call><oa:Fields><field>x</field></oa:Fields></oa:Call>")],
    ["an entity of HTML", envelope("<oa:Call><oa:Fields><field name='a'>&nbsp;</field></oa:Fields></oa:Call>")],
    ["an attribute twice", envelope("<oa:Call><oa:Fields><field name='a' name='b'/></oa:Fields></oa:Call>")],
    ["a hundred levels", envelope(nested(100))],
    ["longer than it may be", envelope(nested(1).replace("x", "x".repeat(1_100_000)))],
    ["an inherited name", envelope("<oa:Call><oa:Fields><__proto__/></oa:Fields></oa:Call>")],
    ["thousands of levels", "<a>".repeat(5_000) + "</a>".repeat(5_000)],
  ])("that is %s is refused", (_, xml) => {
    expect(() => readEnvelope(xml)).toThrow(SoapError);
  });

  it("that is nested within the limit is read", () => {
    expect(readEnvelope(envelope(nested(90)))).toMatchObject({ kind: "call", operation: "x" });
  });

  it("gives back any text that goes in, as a value and as a name", () => {
    const anything = fc.string({ unit: "binary", maxLength: 40 });
    const halves = fc.constantFrom("\ud800", "\udc00x", "\r", "\n ", "]]>", "&amp;lt;", "&#13;", "");
    fc.assert(
      fc.property(fc.oneof(anything, halves), fc.oneof(anything, halves), (name, value) => {
        const xml = envelope(`<oa:Call><oa:Fields>${fieldsXml({ [name]: value })}</oa:Fields></oa:Call>`);
        expect(readEnvelope(xml)).toMatchObject({ fields: Object.fromEntries([[name, value]]) });
      }),
      { numRuns: 500 },
    );
  });
});

describe("forms", () => {
  it("give back nested texts", () => {
    const name = fc.string({ minLength: 1, maxLength: 10 }).filter((one) => !/^\d+$/.test(one));
    const value = fc.string({ unit: "grapheme" });
    const list = fc.array(value, { minLength: 1, maxLength: 3 });
    const fields = fc.dictionary(name, fc.oneof(value, list, fc.dictionary(name, value, { minKeys: 1 })));
    fc.assert(
      fc.property(fields, (sent) => {
        expect(readForm(formText(sent))).toEqual({ ...sent });
      }),
    );
  });

  it("know text only", () => {
    expect(readForm(formText({ n: 5, yes: true, none: null, empty: [] }))).toEqual({
      n: "5",
      yes: "true",
      none: "",
      empty: "",
    });
  });
});

it("a backend that stalls answers when it is mended", async () => {
  const finance = createFinanceBackend({ clock: shiftableClock(), apiKey: "key" });
  finance.fail("stall");
  const open = finance.handler(new Request("http://finance.example/api/invoices"));
  await expect.poll(() => finance.requests().length).toBe(1);
  finance.fail(undefined);
  expect((await open).status).toBe(200);
  expect(finance.requests()).toMatchObject([{ authenticated: false }]);
});
