import type { EmbeddedOptions } from "./embedded.ts";

/** Where a reference implementor serves: its own address and its control API. */
export interface Addresses {
  readonly front: string;
  readonly control: string;
  /** PEM of the authority to trust, when it serves over TLS. */
  readonly ca?: string;
}

/**
 * The mock's side of an embedded target. Its addresses are known first, since the kit is opened with them; the mock is
 * mounted there once the kit says what only it knows. All of it is data: the mock may be in a thread of its own.
 */
export interface MockSide<Known, Where extends Addresses = Addresses> {
  readonly addresses: Where;
  mount(known: Known): Promise<void>;
  close(): Promise<void>;
}

/** What the mock's side is opened with. */
export type MockOptions = Pick<EmbeddedOptions, "faults" | "mount">;

export type OpenMock<Known, Where extends Addresses = Addresses> = (
  options: MockOptions,
) => Promise<MockSide<Known, Where>>;
