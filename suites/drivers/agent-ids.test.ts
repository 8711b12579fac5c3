import { expect, test } from "vitest";
import { createAgentIds } from "./agent-ids.ts";

const ids = (template: string, base = "http://127.0.0.1:4810", ports = [4810]) =>
  createAgentIds({ template, base, ports, runId: "ab12" });

test("ids are unique and lead back to their agent by path", () => {
  const some = ids("{base}/agents/{agent}/.well-known/agent.json");
  const [first, second] = [some.next(), some.next()];
  expect(first.id).not.toBe(second.id);
  expect(first.beside("/landing")).toBe(first.id.replace("/.well-known/agent.json", "/landing"));
  const { pathname } = new URL(second.id);
  expect(some.locate("127.0.0.1:4810", pathname, 4810)).toEqual({ name: second.name, rest: "/.well-known/agent.json" });
});

test("a tunnel may strip the path of the base URL or keep it", () => {
  const some = ids("{base}/a/{agent}/doc.json", "https://tunnel.example/kit");
  const { name, id } = some.next();
  expect(id).toBe(`https://tunnel.example/kit/a/${name}/doc.json`);
  expect(some.locate("tunnel.example", `/kit/a/${name}/doc.json`, 1)?.rest).toBe("/doc.json");
  expect(some.locate("tunnel.example", `/a/${name}/doc.json`, 1)?.rest).toBe("/doc.json");
});

test("agents may be told apart by host", () => {
  const some = ids("https://{agent}.agents.example.com/.well-known/agent.json");
  const { name, beside } = some.next();
  expect(beside("/landing")).toBe(`https://${name}.agents.example.com/landing`);
  expect(some.locate(`${name}.agents.example.com`, "/.well-known/agent.json", 1)).toEqual({
    name,
    rest: "/.well-known/agent.json",
  });
});

test("agents may be told apart by port, until the ports run out", () => {
  const some = ids("http://127.0.0.1:{port}/.well-known/agent.json", "", [4810, 4811]);
  expect(some.next().id).toBe("http://127.0.0.1:4810/.well-known/agent.json");
  const { name } = some.next();
  expect(some.locate("127.0.0.1:4811", "/landing", 4811)).toEqual({ name, rest: "/landing" });
  expect(() => some.next()).toThrow("all 2 ports");
});

test("a template that gives everybody the same id, or no URI, is a set-up error", () => {
  expect(() => ids("{base}/agent.json")).toThrow("every agent the same id");
  expect(() => ids("{agent}")).toThrow("no URI");
});

test("what belongs to nobody is not located", () => {
  const some = ids("{base}/agents/{agent}/x.json");
  some.next();
  expect(some.locate("127.0.0.1:4810", "/v1/messages", 4810)).toBeUndefined();
});
