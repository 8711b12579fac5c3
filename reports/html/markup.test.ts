import { describe, expect, it } from "vitest";
import { everyAttack } from "../testing/hostile.ts";
import { html, lines } from "./markup.ts";

describe("the template", () => {
  it.each([
    ["an element", html`<p>${`<b>&"'\``}</p>`, "<p>&lt;b&gt;&amp;&quot;&#39;&#96;</p>"],
    ["an attribute", html`<p title="${'" onclick="x'}"></p>`, '<p title="&quot; onclick=&quot;x"></p>'],
    ["a bidi override", html`${"\u202egnp"}`, "\\u{202e}gnp"],
    ["a terminal escape", html`${"\u001b[2J"}`, "\\u{1b}[2J"],
    ["a line end", html`${"a\nb"}`, "a\\nb"],
    ["a number", html`${7}`, "7"],
    ["nothing", html`a${undefined}b`, "ab"],
    ["markup within markup", html`<p>${html`<b>${"<"}</b>`}</p>`, "<p><b>&lt;</b></p>"],
    ["a list", html`${["<", html`<br>`, 3]}`, "&lt;<br>3"],
    ["what looks escaped already", html`${"&lt;"}`, "&amp;lt;"],
  ])("writes %s", (_, markup, expected) => {
    expect(markup.toString()).toBe(expected);
  });

  it("leaves no character of an attack that HTML takes up or that a reader does not see", () => {
    expect(html`${everyAttack}`.toString()).not.toMatch(/[<>"'`\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it("keeps lines and tabs where they are wanted, and nothing else", () => {
    expect(lines("a\n\tb\r\u0007<").toString()).toBe("a\n\tb\\r\\u{7}&lt;");
  });
});
