import { expect, test } from "vitest";
import { readPage } from "./html-forms.ts";

const page = new URL("https://idp.example/login/step?x=1");

test("forms are read with action, method and every control that can be sent", () => {
  const { forms } = readPage(
    `<form METHOD=POST action="../go"><input type=hidden name=csrf value=t><input name=user><input type=password name=pw>
     <label><input type=checkbox name=scope value="mail:read" checked> Read <b>mail</b></label><input type=radio name=r value=1> Yes
     <select name=s><option value=a>A<option value=b selected>B</select><textarea name=t>hi</textarea>
     <input disabled name=off><button type=button name=no>x</button><button name=do value=ok> All <b>ow</b> </button></form>`,
    page,
  );
  expect(forms).toHaveLength(1);
  expect(forms[0]?.action.href).toBe("https://idp.example/go");
  expect(forms[0]?.method).toBe("POST");
  expect(forms[0]?.fields.map(({ kind, name, value, checked, label }) => [kind, name, value, checked, label])).toEqual([
    ["hidden", "csrf", "t", false, "t"],
    ["text", "user", "", false, ""],
    ["password", "pw", "", false, ""],
    ["checkbox", "scope", "mail:read", true, "Read mail"],
    ["radio", "r", "1", false, "Yes"],
    ["select", "s", "b", false, ""],
    ["text", "t", "hi", false, ""],
    ["submit", "do", "ok", false, "All ow"],
  ]);
});

test("a form without action goes to its page; base and broken markup are understood", () => {
  expect(readPage("<form><input name=a>", page).forms[0]?.action.href).toBe(page.href);
  const based = readPage('<base href="/deep/"><form action=x><p></form></p>', page);
  expect(based.forms[0]?.action.href).toBe("https://idp.example/deep/x");
});

test("links and actions to other schemes are left out", () => {
  const { links, forms } = readPage(
    '<a href="javascript:alert(1)">x</a><a href="/ok">y</a><form action="data:x"></form>',
    page,
  );
  expect(links.map(({ url, label }) => [url.href, label])).toEqual([["https://idp.example/ok", "y"]]);
  expect(forms).toEqual([]);
});

test("a control is read with the label that names it, and a select with its options", () => {
  const { forms } = readPage(
    `<form><label for=n>Deny</label><input type=radio id=n name=d value=0>
     <select name=s><option value=a>Allow<option>Refuse</select></form>`,
    page,
  );
  expect(forms[0]?.fields[0]).toMatchObject({ value: "0", label: "Deny" });
  expect(forms[0]?.fields[1]?.options).toEqual([
    { value: "a", label: "Allow" },
    { value: "Refuse", label: "Refuse" },
  ]);
});

test("a button tells where and how it sends the form; one that leads out of the web is left out", () => {
  const { forms } = readPage(
    `<form action=/allow method=post><button formaction=/deny formmethod=get>No</button>
     <button formaction="javascript:x()">Script</button><button>Yes</button></form>`,
    page,
  );
  expect(forms[0]?.fields.map(({ label, action, method }) => [label, action?.href, method])).toEqual([
    ["No", "https://idp.example/deny", "GET"],
    ["Yes", undefined, undefined],
  ]);
});
