import type { Reply } from "../../drivers/reply.ts";

/** One request after the other, in this order. */
export async function inTurn<Item>(
  items: readonly Item[],
  send: (item: Item) => Promise<Reply>,
): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  for (const item of items) replies.push(await send(item));
  return replies;
}
