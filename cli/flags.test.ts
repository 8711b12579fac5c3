import { describe, expect, it } from "vitest";
import yargs from "yargs";
import { on, oneOf, text, texts, wholeNumber } from "./flags.ts";

async function parse(args: readonly string[]) {
  return yargs([...args])
    .options({
      name: text("name", "a text"),
      also: texts("texts"),
      n: wholeNumber("n", "a number", { min: 1, max: 10 }),
      word: oneOf("word", "a word", ["must", "should"]),
      quick: on("a switch"),
    })
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseAsync();
}

describe("flags", () => {
  it("give what was given, typed", async () => {
    expect(await parse(["--name", "a", "--n", "3", "--word", "must", "--quick"])).toMatchObject({
      name: "a",
      n: 3,
      word: "must",
      quick: true,
    });
  });

  it("are undefined when they were not given", async () => {
    const { name, n, word, quick } = await parse([]);
    expect([name, n, word, quick]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("may repeat where that is meant", async () => {
    expect((await parse(["--also", "a", "--also", "b"])).also).toEqual(["a", "b"]);
  });

  it.each([
    [["--n", "many"], /--n takes a whole number from 1 to 10/],
    [["--n", "0"], /from 1 to 10, not 0/],
    [["--n", "1.5"], /not 1\.5/],
    [["--n", "11"], /not 11/],
    [["--n"], /n/],
    [["--n", "1", "--n", "2"], /--n was given more than once/],
    [["--name", "a", "--name", "b"], /--name was given more than once/],
    [["--name", ""], /--name is empty/],
    [["--word", "may"], /--word takes must, should; not "may"/],
    [["--word", "must", "--word", "must"], /--word was given more than once/],
  ])("refuse %j", async (args, said) => {
    await expect(parse(args)).rejects.toThrow(said);
  });
});
