import { member, parseJson, strings, text } from "../../engine/json.ts";
import type { Recorder } from "../../engine/recorder.ts";
import { jsonAnswer, type KitBehaviour, recordArrival } from "../kit-server.ts";
import type { Reply } from "../reply.ts";
import type { Asked, Channel, Listener } from "./confirmations.ts";
import type { Answering, Confirmation, HandshakeUser, UserAnswer } from "./user.ts";

/** The users' side of one agent's scope requests: what they were asked, and what they say. */
export interface Inbox extends Listener {
  confirmations(): readonly Confirmation[];
  /** Sends a scope_request; while it is open the users answer so (default: they approve what is asked). */
  during(answering: Answering | undefined, send: () => Promise<Reply>): Promise<Reply>;
}

export interface InboxOptions {
  readonly mode: "response" | "post";
  readonly recorder: Recorder;
  readonly userOf: (channel: Channel) => HandshakeUser;
  /** Sends an answer by a call of the user's own. */
  readonly post: (answer: UserAnswer) => Promise<Reply>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const approve: Answering = (confirmation) => [confirmation.user.answer(confirmation)];
/** What a user says about an agent that nobody here has. */
const deny: Answering = (confirmation) => [confirmation.user.answer(confirmation, { grant: "deny" })];

/** The question has arrived; the answer comes by a call of the user's own. */
const taken: KitBehaviour = { status: 202, headers: {}, body: Buffer.alloc(0) };

export function createInbox(options: InboxOptions): Inbox {
  return new AgentInbox(options);
}

class AgentInbox implements Inbox {
  readonly #options: InboxOptions;
  readonly #received: Received[] = [];
  /** Of the open scope requests, oldest first. */
  readonly #open: Answering[] = [];
  readonly #posting = new Set<Promise<void>>();
  #latest: Answering = approve;
  #broken: { readonly error: unknown } | undefined;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  waiting(): boolean {
    return this.#open.length > 0;
  }

  confirmations(): readonly Confirmation[] {
    return this.#received;
  }

  async during(answering: Answering = approve, send: () => Promise<Reply>): Promise<Reply> {
    this.#open.push(answering);
    this.#latest = answering;
    try {
      const reply = await send();
      // The gateway may answer the agent before it answers the user; both belong to this request.
      await Promise.all(this.#posting);
      if (this.#broken !== undefined) throw this.#broken.error;
      return reply;
    } finally {
      this.#open.splice(this.#open.indexOf(answering), 1);
    }
  }

  async asked(asked: Asked): Promise<KitBehaviour> {
    const confirmation = read(asked, this.#options.userOf(asked.channel));
    this.#received.push(confirmation);
    if (asked.stray === "witness") return this.#record(confirmation, asked, taken);
    const answering = asked.stray === "answer" ? deny : (this.#open.at(-1) ?? this.#latest);
    if (this.#options.mode === "response") {
      const [first] = await this.#answers(answering, confirmation);
      return this.#record(confirmation, asked, first === undefined ? "never" : jsonAnswer(200, first));
    }
    const accepted = this.#record(confirmation, asked, taken);
    void this.#answers(answering, confirmation).then((answers) => {
      const posting = this.#post(answers, confirmation).finally(() => this.#posting.delete(posting));
      this.#posting.add(posting);
    });
    return accepted;
  }

  /** What a check's own code throws belongs to the check, not to the server it was called from. */
  async #answers(answering: Answering, confirmation: Confirmation): Promise<readonly UserAnswer[]> {
    try {
      return await answering(confirmation);
    } catch (error) {
      this.#broken ??= { error };
      return [];
    }
  }

  async #post(answers: readonly UserAnswer[], confirmation: Received): Promise<void> {
    for (const answer of answers) confirmation.replies.push(await this.#options.post(answer));
  }

  #record(confirmation: Received, { arrival, origin }: Asked, answer: KitBehaviour): KitBehaviour {
    const { recorder, now } = this.#options;
    const as = { to: "user", purpose: "handshake-confirmation", origin, at: now() } as const;
    confirmation.exchange = recordArrival(recorder, arrival, answer, as).id;
    return answer;
  }
}

interface Received extends Confirmation {
  exchange: number;
  readonly replies: Reply[];
}

function read({ arrival, stray }: Asked, user: HandshakeUser): Received {
  const message = parseJson(arrival.body.toString("utf8"));
  const expiresAt = member(message, "expires_at");
  return {
    exchange: 0,
    user,
    stray: stray !== "no",
    message,
    requestId: text(message, "request_id") ?? "",
    clientDid: text(message, "client_did") ?? "",
    scopes: strings(member(message, "requested_scopes")) ?? [],
    expiresAt: typeof expiresAt === "number" ? expiresAt : Number.NaN,
    replies: [],
  };
}
