import { X509Certificate } from "node:crypto";
import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, serve } from "./node-server.ts";
import { type OwnCertificates, ownCertificates } from "./tls.ts";

/** One GET over TLS with only `ca` trusted; gives the body. */
function get(url: string, ca: string, servername?: string, maxVersion?: "TLSv1.2"): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      ca,
      agent: false as const,
      ...(servername === undefined ? {} : { servername }),
      ...(maxVersion === undefined ? {} : { maxVersion }),
    };
    const outgoing = request(url, options, (answer) => {
      answer.setEncoding("utf8");
      let text = "";
      answer.on("data", (chunk: string) => {
        text += chunk;
      });
      answer.once("end", () => resolve(text));
    });
    outgoing.once("error", reject);
    outgoing.end();
  });
}

describe("ownCertificates", () => {
  let own: OwnCertificates;
  let server: RunningServer;
  beforeAll(async () => {
    own = ownCertificates(["gateway.test"]);
    server = await serve(async (incoming) => new Response(incoming.url), {
      tls: { certificate: own.certificate, key: own.key, minVersion: "TLSv1.3" },
    });
  });
  afterAll(() => server.close());

  it("makes a leaf that its authority signed, with the loopback names and the wished ones", () => {
    const leaf = new X509Certificate(own.certificate);
    const authority = new X509Certificate(own.authority);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(authority.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(leaf.checkIP("::1")).toBe("::1");
    expect(leaf.checkHost("localhost")).toBe("localhost");
    expect(leaf.checkHost("gateway.test")).toBe("gateway.test");
    expect(leaf.checkHost("elsewhere.test")).toBeUndefined();
  });

  it("serves a client that trusts the authority, by address and by name", async () => {
    expect(await get(server.url, own.authority)).toBe(`${server.url}/`);
    expect(await get(server.url, own.authority, "gateway.test")).toBe(`${server.url}/`);
  });

  it("is refused by a client that trusts another authority", async () => {
    const other = ownCertificates();
    await expect(get(server.url, other.authority)).rejects.toThrow(/certificate|signature/);
  });

  it("offers no version below its minimum", async () => {
    await expect(get(server.url, own.authority, undefined, "TLSv1.2")).rejects.toThrow(/version|alert/);
  });
});
