import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { HttpHandler, Peer } from "./http.ts";
import { ListenError } from "./listen-error.ts";
import { type RunningServer, type ServeOptions, serve } from "./node-server.ts";
import { rawExchange } from "./testing/raw-exchange.ts";

const running: RunningServer[] = [];

async function start(handler: HttpHandler, options?: ServeOptions): Promise<RunningServer> {
  const server = await serve(handler, options);
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** Every byte value, so that any re-encoding shows. */
const everyByte = Uint8Array.from({ length: 256 * 300 }, (_, index) => index % 256);

describe("requests", () => {
  it("gives method, path, query, headers and body as they came", async () => {
    const { url } = await start(async (request) =>
      Response.json({
        method: request.method,
        url: request.url,
        header: request.headers.get("x-thing"),
        body: await request.text(),
      }),
    );
    const answer = await fetch(`${url}/a/b?c=d&c=e%20f`, {
      method: "PATCH",
      headers: { "X-Thing": "one" },
      body: "päylöad",
    });
    expect(await answer.json()).toEqual({
      method: "PATCH",
      url: `${url}/a/b?c=d&c=e%20f`,
      header: "one",
      body: "päylöad",
    });
  });

  it.each([
    ["buffered", everyByte.subarray(0, 1000)],
    ["streamed", everyByte],
  ])("passes a %s binary body byte for byte, both ways", async (_, bytes) => {
    const { url } = await start(async (request) => new Response(await request.arrayBuffer()));
    const answer = await fetch(url, { method: "POST", body: bytes });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it("passes a chunked request body", async () => {
    const { url } = await start(async (request) => new Response(request.body));
    const body = new ReadableStream({
      start(controller) {
        for (const text of ["a", "bc", "def"]) controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    const answer = await fetch(url, { method: "POST", body, duplex: "half" });
    expect(await answer.text()).toBe("abcdef");
  });

  it("keeps every value of a repeated request header", async () => {
    const { url } = await start(async (request) => new Response(request.headers.get("x-many")));
    const text = await rawExchange(
      url,
      "GET / HTTP/1.1\r\nHost: x\r\nX-Many: a\r\nX-Many: b\r\nConnection: close\r\n\r\n",
    );
    expect(text).toContain("a, b");
  });

  it("bears a header called __proto__", async () => {
    const { url } = await start(async (request) => new Response(request.headers.get("__proto__")));
    const text = await rawExchange(
      url,
      "GET / HTTP/1.1\r\nHost: x\r\n__proto__: polluted\r\nConnection: close\r\n\r\n",
    );
    expect(text).toContain("200 OK");
    expect(text).toContain("polluted");
  });

  it.each([
    ["/ath/proxy/mail/..%2f..", "/ath/proxy/mail/..%2f.."],
    ["/a/../../b?x=../y", "/b?x=../y"],
    ["//host/x", "//host/x"],
    ["/a%5c..%5cb", "/a%5c..%5cb"],
    ["/a\\..\\b", "/b"],
    ["http://elsewhere.test/c?d", "/c?d"],
    ["http://elsewhere.test?d", "/?d"],
  ])("shows the raw target %s and stays at its own origin", async (target, path) => {
    let seen: Peer | undefined;
    const { url } = await start(async (request, peer) => {
      seen = peer;
      return new Response(request.url);
    });
    const text = await rawExchange(url, `GET ${target} HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n`);
    expect(seen?.rawTarget).toBe(target);
    expect(seen?.address).toBe("127.0.0.1");
    expect(text.endsWith(`\r\n\r\n${url}${path}`)).toBe(true);
  });

  it("answers TRACE with 501 and does not call the handler", async () => {
    let calls = 0;
    const { url } = await start(async () => {
      calls += 1;
      return new Response();
    });
    const text = await rawExchange(url, "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    expect(text).toMatch(/^HTTP\/1.1 501 /);
    expect(calls).toBe(0);
  });

  it("lets a handler refuse a large body without reading it all", async () => {
    const { url } = await start(async (request) => {
      const reader = request.body?.getReader();
      await reader?.read();
      await reader?.cancel();
      return new Response("too large", { status: 413 });
    });
    const answer = await fetch(url, { method: "POST", body: new Uint8Array(4 * 1024 * 1024) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toBe("too large");
  });
});

describe("responses", () => {
  it("keeps repeated headers apart", async () => {
    const headers = new Headers([
      ["set-cookie", "a=1; Path=/"],
      ["set-cookie", "b=2, with comma"],
    ]);
    const { url } = await start(async () => new Response("x", { headers }));
    expect((await fetch(url)).headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2, with comma"]);
  });

  it.each([204, 205, 304])("sends %i without a body", async (status) => {
    const { url } = await start(async () => new Response(null, { status }));
    const answer = await fetch(url);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe("");
  });

  it("answers HEAD with the headers and no body, and the connection goes on", async () => {
    const { url } = await start(async () => new Response("body", { headers: { "content-length": "4", "x-a": "b" } }));
    const text = await rawExchange(
      url,
      "HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    const [head = "", second = ""] = text.split(/\r\n\r\n(?=HTTP)/);
    expect(head).toContain("content-length: 4");
    expect(head).not.toContain("body");
    expect(second.endsWith("\r\n\r\nbody")).toBe(true);
  });

  it("announces the length of a known body and nothing of a null body", async () => {
    const { url } = await start(async (request) => new Response(request.url.endsWith("/null") ? null : "four"));
    expect((await fetch(url)).headers.get("content-length")).toBe("4");
    expect((await fetch(`${url}/null`)).headers.get("content-length")).toBe("0");
  });

  it("sends the head of a stream before its first chunk, and each chunk as it comes", async () => {
    let push: ReadableStreamDefaultController<Uint8Array> | undefined;
    const { url } = await start(
      async () =>
        new Response(
          new ReadableStream<Uint8Array>({
            start(controller) {
              push = controller;
            },
          }),
        ),
    );
    const answer = await fetch(url);
    const reader = answer.body?.getReader();
    push?.enqueue(Uint8Array.of(1));
    expect((await reader?.read())?.value).toEqual(Uint8Array.of(1));
    push?.enqueue(Uint8Array.of(2));
    expect((await reader?.read())?.value).toEqual(Uint8Array.of(2));
    push?.close();
    expect((await reader?.read())?.done).toBe(true);
  });

  it("cancels a stream whose client has gone", async () => {
    let onCancel: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      onCancel = resolve;
    });
    const { url } = await start(
      async () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(Uint8Array.of(1));
            },
            cancel: () => onCancel(),
          }),
        ),
    );
    const answer = await fetch(url);
    await answer.body?.cancel();
    await gone;
  });

  it("cancels a stream whose client has gone before the handler answered", async () => {
    let onCancel: () => void = () => {};
    const cancelled = new Promise<void>((resolve) => {
      onCancel = resolve;
    });
    let arrived: () => void = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let answer: (response: Response) => void = () => {};
    const { port } = await start(() => {
      arrived();
      return new Promise<Response>((resolve) => {
        answer = resolve;
      });
    });
    const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    await arrival;
    socket.destroy();
    // Another connection's round trip: by then the server has seen the first one end.
    const second = connect(port, "127.0.0.1", () => socket.destroy());
    await new Promise((resolve) => second.once("data", resolve).write("BROKEN\r\n\r\n"));
    answer(new Response(new ReadableStream({ cancel: () => onCancel() })));
    await cancelled;
  });

  it("ends the connection when a stream fails half way, so that nobody takes it as whole", async () => {
    let pulls = 0;
    const { url } = await start(
      async () =>
        new Response(
          new ReadableStream(
            {
              pull(controller) {
                pulls += 1;
                if (pulls > 1) controller.error(new Error("broken"));
                else controller.enqueue(Uint8Array.of(1));
              },
            },
            { highWaterMark: 0 },
          ),
        ),
    );
    await expect(fetch(url).then((answer) => answer.arrayBuffer())).rejects.toThrow();
  });

  it("ends the connection when a stream is shorter than its announced length", async () => {
    // Long enough that only the server's own judgement ends the connection within the test's time.
    const keepAlive = { limits: { keepAliveMs: 3_600_000 } };
    const { url } = await start(async () => {
      let pulls = 0;
      const body = new ReadableStream({
        async pull(controller) {
          pulls += 1;
          // A turn of the event loop, so that the end is not in sight at once.
          await new Promise((resolve) => setImmediate(resolve));
          if (pulls > 1) controller.close();
          else controller.enqueue(Uint8Array.of(1, 2, 3));
        },
      });
      return new Response(body, { headers: { "content-length": "10" } });
    }, keepAlive);
    const answer = await fetch(url);
    expect(answer.headers.get("content-length")).toBe("10");
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  it("answers 500 without a stack when the handler throws", async () => {
    const { url } = await start(async () => {
      throw new Error("secret detail");
    });
    const answer = await fetch(url);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      code: "INTERNAL_ERROR",
      message: "the server failed to answer this request",
    });
  });
});

describe("life", () => {
  it("ends keep-alive and half-open connections at once", async () => {
    const server = await start(async () => new Response("x"));
    await (await fetch(server.url)).text();
    const half = connect(server.port, "127.0.0.1");
    const ended = new Promise((resolve) => half.once("close", resolve));
    half.on("error", () => {});
    await new Promise<void>((resolve) => half.write("GET / HT", () => resolve()));
    await server.close();
    await ended;
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it("hands connections over that ask for another protocol, and answers them plainly without a taker", async () => {
    const asking = "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n";
    const taken = await start(async () => new Response("plain"), {
      upgrade: (request, socket) => socket.end(`taken ${request.url}`),
    });
    expect(await rawExchange(taken.url, asking)).toBe("taken /ws");
    const plain = await start(async () => new Response("plain"));
    expect(await rawExchange(plain.url, asking.replace("Upgrade\r\n", "Upgrade, close\r\n"))).toMatch(/plain$/);
  });

  it("says which address is taken and what to do", async () => {
    const { port } = await start(async () => new Response("x"));
    const failure = await serve(async () => new Response("x"), { port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ListenError);
    expect(failure).toMatchObject({ code: "LISTEN_ADDRESS_IN_USE" });
    expect(String(failure)).toContain(`127.0.0.1:${port}`);
  });

  it("says when an address is none of this machine", async () => {
    await expect(serve(async () => new Response("x"), { host: "192.0.2.1" })).rejects.toMatchObject({
      code: "LISTEN_ADDRESS_NOT_HERE",
    });
  });
});
