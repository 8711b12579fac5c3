/** A message in somebody's mailbox. */
export interface Message {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export type Draft = Omit<Message, "id" | "from">;

/** The mail of all users, in memory. */
export interface Mailboxes {
  /** Oldest first. */
  list(user: string): readonly Message[];
  find(user: string, id: string): Message | undefined;
  /** Keeps a sent message in the sender's mailbox. */
  send(user: string, draft: Draft): Message;
  remove(user: string, id: string): void;
  removeAll(user: string): void;
  /** Every mailbox as it was at first. */
  reset(): void;
}

/** Whoever sends without end loses the oldest messages first. */
const capacity = 200;
/** More mailboxes than the service has users for; whoever invents users must not fill the memory. */
const mostMailboxes = 1_000;

function welcome(user: string): Message {
  return { id: "42", from: "postmaster", to: user, subject: "Welcome", text: "This mailbox is a mock." };
}

export function mailboxes(): Mailboxes {
  const boxes = new Map<string, Map<string, Message>>();
  let sent = 42;

  const boxOf = (user: string): Map<string, Message> => {
    const known = boxes.get(user);
    if (known !== undefined) return known;
    if (boxes.size >= mostMailboxes) dropOldest(boxes);
    const first = welcome(user);
    const box = new Map([[first.id, first]]);
    boxes.set(user, box);
    return box;
  };

  return {
    list: (user) => [...boxOf(user).values()],
    find: (user, id) => boxOf(user).get(id),
    send(user, draft) {
      const box = boxOf(user);
      if (box.size >= capacity) dropOldest(box);
      sent += 1;
      const message: Message = { id: String(sent), from: user, ...draft };
      box.set(message.id, message);
      return message;
    },
    remove(user, id) {
      boxOf(user).delete(id);
    },
    removeAll(user) {
      boxOf(user).clear();
    },
    reset: () => boxes.clear(),
  };
}

function dropOldest(map: Map<string, unknown>): void {
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
