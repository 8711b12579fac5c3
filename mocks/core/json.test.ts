import { describe, expect, it } from "vitest";
import { BodyError, errorResponse, jsonResponse, readBody, readJson, readText } from "./json.ts";

function post(body: string | Uint8Array | ReadableStream, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", { method: "POST", body, headers, duplex: "half" });
}

/** Endless; counts what was taken from it. */
function endless() {
  const taken = { bytes: 0, cancelled: false };
  const stream = new ReadableStream(
    {
      pull(controller) {
        taken.bytes += 100;
        controller.enqueue(new Uint8Array(100));
      },
      cancel() {
        taken.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken };
}

describe("readBody", () => {
  it.each([
    ["announced", { "content-length": "5" }],
    ["not announced", {}],
  ])("gives the bytes, length %s", async (_, headers: Record<string, string>) => {
    expect(Buffer.from(await readBody(post("hello", headers), 5)).toString()).toBe("hello");
    await expect(readBody(post("hello", headers), 4)).rejects.toMatchObject({ code: "BODY_TOO_LARGE", status: 413 });
  });

  it("gives nothing where there is no body", async () => {
    expect(await readBody(new Request("http://localhost/"), 5)).toHaveLength(0);
  });

  it("stops reading an endless body at the limit", async () => {
    const { stream, taken } = endless();
    await expect(readBody(post(stream), 250)).rejects.toBeInstanceOf(BodyError);
    expect(taken).toEqual({ bytes: 300, cancelled: true });
  });

  it("reads nothing of a body that is announced too large", async () => {
    const { stream, taken } = endless();
    await expect(readBody(post(stream, { "content-length": "251" }), 250)).rejects.toBeInstanceOf(BodyError);
    expect(taken).toEqual({ bytes: 0, cancelled: true });
  });
});

describe("readText and readJson", () => {
  it("refuse what is not UTF-8 and what is not JSON, without repeating it", async () => {
    await expect(readText(post(Uint8Array.of(0xff)), 10)).rejects.toMatchObject({
      code: "MALFORMED_TEXT",
      status: 400,
    });
    const failure = await readJson(post("secret-value"), 100).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "MALFORMED_JSON", status: 400 });
    expect(String(failure)).not.toContain("secret-value");
  });

  it("parse JSON", async () => {
    expect(await readJson(post('{"a":[1]}'), 100)).toEqual({ a: [1] });
  });
});

describe("responses", () => {
  it("carry status, headers and JSON", async () => {
    const response = jsonResponse({ a: 1 }, { status: 201, headers: { "cache-control": "no-store" } });
    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ a: 1 });
    expect(await errorResponse(404, "NOT_FOUND", "nothing here").json()).toEqual({
      code: "NOT_FOUND",
      message: "nothing here",
    });
  });
});
