import { describe, expect, test } from "vitest";
import { choose } from "./choose.ts";
import type { ConsentAsk } from "./consent-driver.ts";
import { readPage } from "./html-forms.ts";

type Grant = ConsentAsk["grant"];

/** What is pressed or followed at a page, with the options taken and whether it decides. */
function chosen(html: string, grant: Grant, filling: Readonly<Record<string, string>> = {}, decided = false) {
  const ask = { user: "alice", grant, scopes: ["mail:read", "mail:send"] };
  const choice = choose(readPage(html, new URL("https://gateway.example/consent")), ask, filling, decided);
  if (choice === undefined || choice === "unreadable") return choice;
  const decides = choice.decides ? "decides" : "leads on";
  if ("link" in choice) return `${choice.link.label} ${decides}`;
  const { form, button, picked } = choice;
  const options = [...picked].map(([name, value]) => `${name}=${value} `).join("");
  return `${form.action.pathname} ${options}${button?.label ?? "without a button"} ${decides}`;
}

const boxes = '<input type="checkbox" name="scope" value="mail:read" checked>';
const search = '<form action="/help"><input name="q"><button>Search</button></form>';
const login =
  '<form method="post" action="/login"><input name="name"><input type="password" name="p"><button>Enter</button></form>';
const radios = `<label><input type="radio" name="d" value="1" checked> Allow</label>
  <label><input type="radio" name="d" value="0"> Do not allow</label>`;
const form = (inner: string, action = "/decide") => `<form method="post" action="${action}">${inner}</form>`;
const button = (label: string, value = "") => `<button name="b" value="${value}">${label}</button>`;

describe("a user who grants", () => {
  test.each([
    ["the agreeing button, whichever comes first", form(button("Deny") + button("Allow")), "/decide Allow decides"],
    ["in Chinese", form(button("拒绝", "0") + button("同意", "1")), "/decide 同意 decides"],
    ["in Chinese, where no contains yes", form(button("不同意", "0") + button("同意", "1")), "/decide 同意 decides"],
    ["Do not allow is no agreement", form(button("Do not allow") + button("Allow")), "/decide Allow decides"],
    ["the form with the scopes before a search", search + form(boxes + button("Send")), "/decide Send decides"],
    ["the form with the choice before a search", search + form(radios + button("Send")), "/decide d=1 Send decides"],
    ["a POST form before a search", search + form(button("Send")), "/decide Send leads on"],
    ["no search at all", search, undefined],
    ["no search, whatever its button says", search.replace("Search", "OK"), undefined],
    [
      "a log-in before a button that only goes on",
      form(button("Continue with X"), "/x") + login,
      "/login Enter leads on",
    ],
    [
      "the option of a select",
      form(`<select name="d"><option>Refuse<option>Accept</select>${button("Send")}`),
      "/decide d=Accept Send decides",
    ],
    ["a link that agrees", '<a href="/terms">Terms</a><a href="/n">Deny</a><a href="/y">Allow</a>', "Allow decides"],
    ["a link to the provider", '<a href="/a?client_id=x&redirect_uri=y">Go on</a>', "Go on leads on"],
    ["none of two unknown buttons", form(boxes + button("Nein") + button("Ja")), "unreadable"],
    ["none of two unknown forms", form(button("Nein"), "/n") + form(button("Ja"), "/j"), "unreadable"],
    ["no refusal", form(button("Deny")), undefined],
    ["no contradiction", form(button("Deny", "allow")), undefined],
  ])("takes %s", (_, html, what) => {
    expect(chosen(html, "asked")).toBe(what);
  });

  test("presses the configured one of unknown buttons", () => {
    const html = form(button("Nein", "0") + button("Ja", "1"));
    expect(chosen(html, "asked", { b: "1" })).toBe("/decide Ja decides");
    expect(chosen(html, "deny", { b: "1" })).toBeUndefined();
  });

  test("takes each scope's own option", () => {
    const scope = (name: string) =>
      `<input type="radio" name="${name}" value="1" checked>Yes <input type="radio" name="${name}" value="0">No`;
    const html = form(scope("mail:read") + scope("scope:mail:send") + button("Save"));
    expect(chosen(html, ["mail:send"])).toBe("/decide mail:read=0 scope:mail:send=1 Save decides");
  });
});

describe("a user who refuses", () => {
  test.each([
    ["the refusing button, whichever comes first", form(button("Allow") + button("Deny")), "/decide Deny decides"],
    ["in Chinese", form(button("同意", "1") + button("拒绝", "0")), "/decide 拒绝 decides"],
    ["in Chinese, where no contains yes", form(button("同意", "1") + button("不同意", "0")), "/decide 不同意 decides"],
    ["the refusing option", form(boxes + radios + button("Send")), "/decide d=0 Send decides"],
    ["a refusing link", `${form(boxes + button("Allow"))}<a href="?decision=deny">Back</a>`, "Back decides"],
    ["a link that says so", `${form(boxes + button("Allow"))}<a href="/home">Cancel</a>`, "Cancel decides"],
    ["a log-in on the way", login, "/login Enter leads on"],
    ["no log-in that agrees", login.replace("Enter", "Sign in and allow"), undefined],
    ["no log-in that decides", login.replace("<button>", `${boxes}<button>`), "unreadable"],
    ["no agreeing button", form(button("Allow")), undefined],
    ["no agreeing button, though nothing is ticked", form(boxes + button("Allow")), "unreadable"],
    ["no agreeing button, though the option refuses", form(radios + button("Allow")), "unreadable"],
    ["no neutral button", form(boxes + button("Send")), "unreadable"],
    ["no going on", form(button("Continue")), undefined],
    [
      "no choice about something else",
      form(
        `<input type="radio" name="remember" value="y">Yes <input type="radio" name="remember" value="n">No ${button("Send")}`,
      ),
      undefined,
    ],
    ["no agreeing link to the provider", '<a href="/a?client_id=x&redirect_uri=y">Allow</a>', undefined],
  ])("takes %s", (_, html, what) => {
    expect(chosen(html, "deny")).toBe(what);
  });

  test("lets a page post the refusal on, once it is given", () => {
    const html = form('<input type="hidden" name="error" value="access_denied">', "/callback");
    expect(chosen(html, "deny")).toBeUndefined();
    expect(chosen(html, "deny", {}, true)).toBe("/callback without a button leads on");
  });
});
