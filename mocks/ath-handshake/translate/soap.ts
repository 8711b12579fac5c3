import { oaPath } from "../../backends/oa.ts";
import { envelope, escapeXml, fieldsXml, readEnvelope, SoapError } from "../../backends/soap.ts";
import type { AnswerReading, Translation } from "./translation.ts";

function read(body: string): AnswerReading {
  try {
    const message = readEnvelope(body);
    if (message.kind === "fault") return { kind: "json", value: { error: message.text } };
    return { kind: "json", value: message.fields };
  } catch (error) {
    if (error instanceof SoapError) return { kind: "unreadable", problem: error.message };
    throw error;
  }
}

/** JSON to and from SOAP 1.1: every call goes to the one endpoint and names its operation. */
export const soapTranslation: Translation = {
  escape: escapeXml,
  request({ method, path, fields }, safe) {
    const operation = `<oa:Operation>${escapeXml(`${method} ${path}`)}</oa:Operation>`;
    return {
      method: "POST",
      path: oaPath,
      headers: [
        ["content-type", "text/xml; charset=utf-8"],
        ["soapaction", '"urn:legacy-oa#Call"'],
      ],
      body: envelope(`<oa:Call>${operation}<oa:Fields>${fieldsXml(fields, safe)}</oa:Fields></oa:Call>`),
    };
  },
  read,
};
