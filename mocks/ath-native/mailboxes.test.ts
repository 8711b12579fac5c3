import { describe, expect, it } from "vitest";
import { mailboxes } from "./mailboxes.ts";

const draft = { to: "bob", subject: "Hello", text: "" };

describe("mailboxes", () => {
  it("begin with a welcome, and are everybody's own", () => {
    const boxes = mailboxes();
    const sent = boxes.send("alice", draft);
    expect(sent).toMatchObject({ from: "alice", subject: "Hello" });
    expect(boxes.list("alice").map(({ subject }) => subject)).toEqual(["Welcome", "Hello"]);
    expect(boxes.list("bob").map(({ subject }) => subject)).toEqual(["Welcome"]);
    expect(boxes.find("bob", sent.id)).toBeUndefined();
  });

  it("are emptied by hand and are as at first after a reset", () => {
    const boxes = mailboxes();
    boxes.remove("alice", "42");
    expect(boxes.find("alice", "42")).toBeUndefined();
    boxes.removeAll("bob");
    expect(boxes.list("bob")).toEqual([]);
    boxes.reset();
    expect(boxes.find("alice", "42")).toMatchObject({ subject: "Welcome" });
  });

  it("do not grow for ever", () => {
    const boxes = mailboxes();
    for (let message = 0; message < 500; message += 1) boxes.send("alice", { ...draft, subject: `${message}` });
    expect(boxes.list("alice")).toHaveLength(200);
    expect(boxes.list("alice").at(-1)?.subject).toBe("499");
    for (let user = 0; user < 2000; user += 1) boxes.list(`user${user}`);
    expect(boxes.list("alice").map(({ subject }) => subject)).toEqual(["Welcome"]);
  });
});
