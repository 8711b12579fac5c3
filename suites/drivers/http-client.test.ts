import { createServer as createHttpsServer } from "node:https";
import { describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "../../cli/testing/free-port.ts";
import { ownCertificates } from "../../mocks/core/tls.ts";
import { createHttpClient, type HttpClientOptions } from "./http-client.ts";
import { listen, serveHttp, serveSocket } from "./testing/stub-server.ts";

function client(options: Partial<HttpClientOptions> = {}) {
  const made = createHttpClient({ timeoutMs: 60_000, ...options });
  onTestFinished(() => made.close());
  const exchange = (url: string, method = "GET", body = Buffer.alloc(0), headers: [string, string][] = []) =>
    made.exchange({ method, url, headers, body });
  return { ...made, exchange };
}

describe("what goes out", () => {
  test.each([
    "/a/../b",
    "/a/%2e%2e/b",
    "//127.0.0.1:1/x",
    "/a/..%5cb",
    "/a\\..\\b",
    "/a//b?x=1&x=1&y=%zz",
    "/@host/x",
    "/a?x=[]|{}",
  ])("the target %s arrives byte for byte", async (target) => {
    const origin = await serveHttp((request, response) => response.end(request.url));
    const { response } = await client().exchange(`${origin}${target}`);
    expect(response?.body.toString()).toBe(target);
  });

  test("an empty path is asked for as /", async () => {
    const origin = await serveHttp((request, response) => response.end(request.url));
    expect((await client().exchange(origin)).response?.body.toString()).toBe("/");
    expect((await client().exchange(`${origin}?a=1`)).response?.body.toString()).toBe("/?a=1");
  });

  test("headers keep order, case and repetition, and Host and Content-Length are added", async () => {
    const origin = await serveHttp((request, response) => response.end(JSON.stringify(request.rawHeaders)));
    const headers: [string, string][] = [
      ["X-Twice", "1"],
      ["x-twice", "2"],
    ];
    const { response, sent } = await client().exchange(origin, "POST", Buffer.from("hi"), headers);
    const arrived: string[] = JSON.parse(response?.body.toString() ?? "");
    expect(arrived.slice(0, 8)).toEqual([
      "Host",
      new URL(origin).host,
      "Content-Length",
      "2",
      "X-Twice",
      "1",
      "x-twice",
      "2",
    ]);
    expect(sent.flat()).toEqual(arrived.slice(0, 8));
  });

  test("a method with a body has a length even when the body is empty, a GET has none", async () => {
    const origin = await serveHttp((request, response) => response.end(JSON.stringify(request.headers)));
    const lengthOf = async (method: string) =>
      JSON.parse((await client().exchange(origin, method)).response?.body.toString() ?? "{}")["content-length"];
    expect(await lengthOf("POST")).toBe("0");
    expect(await lengthOf("GET")).toBeUndefined();
  });

  test("binary bodies of a MiB arrive unchanged", async () => {
    const body = Buffer.alloc(1024 * 1024, 0).map((_, index) => index % 251);
    const origin = await serveHttp((request, response) => request.pipe(response));
    const { response } = await client().exchange(origin, "PUT", Buffer.from(body));
    expect(response?.body.equals(body)).toBe(true);
  });

  test("redirects are not followed", async () => {
    const origin = await serveHttp((_, response) => response.writeHead(302, { Location: "/elsewhere" }).end());
    expect((await client().exchange(origin)).response?.status).toBe(302);
  });
});

describe("connections", () => {
  test("are kept and used again", async () => {
    const ports = new Set<number | undefined>();
    const origin = await serveHttp((request, response) => {
      ports.add(request.socket.remotePort);
      response.end("x");
    });
    const { exchange } = client();
    await exchange(origin);
    await exchange(origin);
    expect(ports.size).toBe(1);
  });

  test("a reset of an idle connection that was taken again is retried on a fresh one", async () => {
    let connections = 0;
    const origin = await serveSocket((socket) => {
      connections += 1;
      let requests = 0;
      socket.on("data", () => {
        requests += 1;
        if (connections === 1 && requests === 2) socket.resetAndDestroy();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      });
    });
    const { exchange } = client();
    await exchange(origin);
    const second = await exchange(origin);
    expect(second.response?.body.toString()).toBe("ok");
    expect(second.lost?.error.code).toBe("STALE_CONNECTION");
    expect(connections).toBe(2);
  });

  test("a reset of a fresh connection is reported and not retried", async () => {
    let connections = 0;
    const origin = await serveSocket((socket) => {
      connections += 1;
      socket.on("data", () => socket.resetAndDestroy());
    });
    const { response, error } = await client().exchange(origin);
    expect(response).toBeNull();
    expect(error?.code).toBe("CONNECTION_RESET");
    expect(connections).toBe(1);
  });
});

describe("failures have a name", () => {
  test("nobody listens", async () => {
    const { error } = await client().exchange(`http://127.0.0.1:${await freePort()}`);
    expect(error?.code).toBe("CONNECTION_REFUSED");
  });

  test("no answer in time", async () => {
    const origin = await serveSocket(() => {});
    const { error, durationMs } = await client({ timeoutMs: 80 }).exchange(origin);
    expect(error?.code).toBe("TIMEOUT");
    expect(durationMs).toBeGreaterThanOrEqual(79);
  });

  test("a body that drips for ever counts as no answer in time", async () => {
    const origin = await serveHttp((_, response) => {
      response.write("{");
      const drip = setInterval(() => response.write(" "), 10);
      response.on("close", () => clearInterval(drip));
    });
    expect((await client({ timeoutMs: 100 }).exchange(origin)).error?.code).toBe("TIMEOUT");
  });

  test("no HTTP", async () => {
    const origin = await serveSocket((socket) => socket.end("SSH-2.0-OpenSSH\r\n"));
    expect((await client().exchange(origin)).error?.code).toBe("PROTOCOL");
  });

  test("headers without end", async () => {
    const origin = await serveSocket((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(200_000)}\r\n`);
    });
    expect((await client().exchange(origin)).error?.code).toBe("TOO_LARGE");
  });

  test("an answer that breaks off", async () => {
    const origin = await serveSocket((socket) => {
      socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"));
    });
    const { response, error } = await client().exchange(origin);
    expect(response).toBeNull();
    expect(error?.message).toContain("broke off after 3 bytes");
  });

  test("a host that does not exist, a header that cannot be sent, a URL that is none", async () => {
    expect((await client().exchange("http://no-such-host.invalid/")).error?.code).toBe("DNS");
    const origin = await serveHttp((_, response) => response.end());
    expect((await client().exchange(origin, "GET", Buffer.alloc(0), [["X", "a\nb"]])).error?.code).toBe("OTHER");
    expect((await client().exchange("nonsense")).error?.code).toBe("OTHER");
  });
});

describe("limits", () => {
  test("a body past the limit is cut and the connection dropped", async () => {
    const origin = await serveHttp((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
      };
      response.on("drain", more);
      more();
    });
    const { response, error } = await client({ bodyLimit: 100_000 }).exchange(origin);
    expect(error).toBeNull();
    expect(response?.truncated).toBe(true);
    expect(response?.body.length).toBe(100_000);
  });

  test("a refusal in the middle of a large upload is the answer, although the connection is closed", async () => {
    const origin = await serveSocket((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
        socket.destroySoon();
      });
    });
    const { response, error } = await client().exchange(origin, "POST", Buffer.alloc(6 * 1024 * 1024));
    expect(error).toBeNull();
    expect(response?.status).toBe(413);
    expect(response?.body.toString()).toBe("no");
  });
});

describe("TLS", () => {
  async function serveTls() {
    const { authority, certificate, key } = ownCertificates();
    const server = createHttpsServer({ cert: certificate, key }, (_, response) => response.end("secure"));
    return { authority, origin: (await listen(server)).replace("http:", "https:") };
  }

  test("a certificate of an unknown authority is refused", async () => {
    const { origin } = await serveTls();
    expect((await client().exchange(origin)).error?.code).toBe("TLS");
  });

  test("the configured authority is trusted", async () => {
    const { origin, authority } = await serveTls();
    expect((await client({ ca: authority }).exchange(origin)).response?.body.toString()).toBe("secure");
  });

  test("insecure holds for the named host only", async () => {
    const { origin } = await serveTls();
    expect((await client({ insecureHost: "127.0.0.1" }).exchange(origin)).response?.status).toBe(200);
    expect((await client({ insecureHost: "other.example" }).exchange(origin)).error?.code).toBe("TLS");
  });
});
