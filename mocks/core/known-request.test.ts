import { expect, test } from "vitest";
import { readBody } from "./json.ts";
import { bodyOf, knownRequest } from "./known-request.ts";

const url = "http://mock.test/";
const body = new TextEncoder().encode("eight of");
const headers = { "Content-Length": String(body.byteLength) };

test("the body of a known request is given without reading it, and can be read as any other", async () => {
  const request = knownRequest(url, { method: "POST", headers, body });
  expect(bodyOf(request)).toBe(body);
  expect(await readBody(request, 8)).toEqual(body);
  expect(request.bodyUsed).toBe(false);
  expect(await request.text()).toBe("eight of");
});

test("what was read already is not given once more", async () => {
  const request = knownRequest(url, { method: "POST", headers, body });
  await request.arrayBuffer();
  expect(bodyOf(request)).toBeUndefined();
  await expect(readBody(request, 8)).rejects.toThrow();
});

test("a known body above the limit is refused, whatever length was announced", async () => {
  const refused = { code: "BODY_TOO_LARGE", status: 413 };
  await expect(readBody(knownRequest(url, { method: "POST", headers, body }), 7)).rejects.toMatchObject(refused);
  await expect(readBody(knownRequest(url, { method: "POST", body }), 7)).rejects.toMatchObject(refused);
});

test("a request that came another way has to be read", async () => {
  const request = new Request(url, { method: "POST", headers, body });
  expect(bodyOf(request)).toBeUndefined();
  expect(await readBody(request, 8)).toEqual(body);
});
