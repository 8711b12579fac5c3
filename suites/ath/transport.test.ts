import { once } from "node:events";
import { createServer as createTcpServer } from "node:net";
import { createServer, type TlsOptions } from "node:tls";
import { describe, expect, test } from "vitest";
import { freePort } from "../../cli/testing/free-port.ts";
import { ownCertificates } from "../../mocks/core/tls.ts";
import { evidence, exchange } from "../engine/testing/evidence.ts";
import { probeTls } from "./shared/tls-probe.ts";
import { authorized, checkOf, emptyEvidence } from "./testing/judging.ts";
import { transport } from "./transport.ts";

const verdict = ({ outcome, reasonCode }: { outcome: string; reasonCode: string | null }) =>
  reasonCode === null ? outcome : `${outcome} ${reasonCode}`;

test.each(transport.checks.map(({ id }) => id))("%s passes nothing without evidence", (id) => {
  expect(checkOf(transport, id).judge(emptyEvidence).outcome).toBe("not-tested");
});

describe("TLS-1.https", () => {
  const judge = (base: string, endpoint: string, authorization_url: string) => {
    const directory = exchange(1, {
      purpose: "discovery",
      status: 200,
      json: { ath_version: "0.1", agent_registration_endpoint: endpoint },
    });
    const subject = [directory, authorized(2, { authorization_url })];
    return verdict(checkOf(transport, "TLS-1.https").judge(evidence({ subject }, { facts: { base } })));
  };
  const good = "https://gw.example/x";
  test.each([
    ["pass", "https://gw.example", good, "https://provider.example/authorize"],
    ["violated plain-http", "http://gw.example", good, good],
    ["violated plain-http", "https://gw.example", "http://gw.example/ath/agents/register", good],
    ["violated plain-http", "https://gw.example", good, "http://provider.example/authorize"],
    // A provider under test on this machine is reached over no network, the target itself is known to speak TLS.
    ["pass", "https://127.0.0.1:4000", good, "http://127.0.0.1:4820/authorize"],
    ["violated plain-http", "https://127.0.0.1:4000", good, "http://localhost:4000/consent"],
  ])("%s: %s, %s, %s", (expected, base, endpoint, authorizationUrl) => {
    expect(judge(base, endpoint, authorizationUrl)).toBe(expected);
  });
});

describe("TLS-1.tls10", () => {
  const judge = (facts: object) =>
    verdict(checkOf(transport, "TLS-1.tls10").judge({ ...emptyEvidence, facts: { ...facts } }));
  const works = { established: true, protocol: "TLSv1.3", offered: true, error: null };
  const fails = { established: false, protocol: null, offered: true, error: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" };
  test.each([
    ["pass", { before: works, attempt: fails, after: works }],
    ["violated accepted", { before: works, attempt: { ...works, protocol: "TLSv1" }, after: works }],
    ["not-tested control-refused", { before: fails, attempt: fails, after: fails }],
    ["not-tested tls-version-unavailable", { before: works, attempt: { ...fails, offered: false }, after: works }],
    ["not-tested connection-lost", { before: works, attempt: fails, after: fails }],
  ])("%s", (expected, facts) => {
    expect(judge(facts)).toBe(expected);
  });
});

describe("the TLS probe", () => {
  const against = async (versions: TlsOptions, version: "TLSv1" | "TLSv1.2") => {
    const { certificate, key } = ownCertificates();
    const server = createServer({ cert: certificate, key, ciphers: "DEFAULT@SECLEVEL=0", ...versions });
    server.on("tlsClientError", () => {});
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    try {
      return await probeTls({
        url: `https://127.0.0.1:${port}`,
        minVersion: version,
        maxVersion: version,
        timeoutMs: 60_000,
      });
    } finally {
      server.close();
    }
  };
  test("finds an old version that a server offers", async () => {
    const outcome = await against({ minVersion: "TLSv1" }, "TLSv1");
    expect(outcome).toEqual({ established: true, protocol: "TLSv1", offered: true, error: null });
  });
  test("tells that a server refuses an old version and takes a new one", async () => {
    const old = await against({ minVersion: "TLSv1.2" }, "TLSv1");
    expect(old).toMatchObject({ established: false, offered: true });
    const modern = await against({ minVersion: "TLSv1.2" }, "TLSv1.2");
    expect(modern).toMatchObject({ established: true, protocol: "TLSv1.2" });
  });
  test("ends in time when nobody answers, and says so when nobody listens", async () => {
    const silent = createTcpServer((socket) => socket.resume());
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const probe = { url: `https://127.0.0.1:${port}`, minVersion: "TLSv1.2", maxVersion: "TLSv1.3" } as const;
    expect(await probeTls({ ...probe, timeoutMs: 50 })).toMatchObject({ established: false, error: "TIMEOUT" });
    silent.close();
    const url = `https://127.0.0.1:${await freePort()}`;
    expect(await probeTls({ ...probe, url, timeoutMs: 60_000 })).toMatchObject({
      error: "ECONNREFUSED",
      offered: false,
    });
  });
});
