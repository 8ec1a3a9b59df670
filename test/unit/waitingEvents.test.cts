import type { TriggerOutput } from '../../nodes/Eyun/callbacks/output';
import { WaitingEvents } from '../../nodes/Eyun/trigger/state/waitingEvents';

/** A store that takes as long as the test wants. */
class Store {
	readonly executions: string[][] = [];

	private ends: Array<(error?: Error) => void> = [];

	private begun = () => {};

	readonly store = async (outputs: TriggerOutput[]): Promise<number> => {
		this.executions.push(outputs.map(({ text }) => text ?? ''));
		const number = this.executions.length;
		this.begun();
		await new Promise<void>((resolve, reject) => {
			this.ends.push((error) => (error === undefined ? resolve() : reject(error)));
		});
		return number;
	};

	/** Waits until so many executions have begun to be stored. */
	async reach(count: number): Promise<void> {
		while (this.executions.length < count) {
			await new Promise<void>((resume) => (this.begun = resume));
		}
	}

	end(error?: Error): void {
		this.ends.shift()?.(error);
	}
}

function event(text: string): TriggerOutput {
	return { text } as TriggerOutput;
}

let waiting: WaitingEvents;
let store: Store;

const write = async (text: string) => await waiting.store(event(text), store.store);

/** The first is being stored when the others come. */
async function writeAll(...texts: string[]): Promise<Array<Promise<number>>> {
	const [first, ...others] = texts;
	const stored = write(first);
	await store.reach(1);
	return [stored, ...others.map(write)];
}

beforeEach(() => {
	waiting = new WaitingEvents();
	store = new Store();
});

it('stores one at a time without a wait', async () => {
	for (const text of ['a', 'b', 'c']) {
		const stored = write(text);
		// No timer has run: it began at once.
		await Promise.resolve();
		expect(store.executions.at(-1)).toEqual([text]);
		store.end();
		await stored;
	}
});

it('stores together what comes while another is being stored', async () => {
	const all = await writeAll('a', 'b', 'c');
	store.end();
	await store.reach(2);
	store.end();
	expect(await Promise.all(all)).toEqual([1, 2, 2]);
	expect(store.executions).toEqual([['a'], ['b', 'c']]);
});

it('waits for those who were answered last, under load', async () => {
	const first = await writeAll('a', 'b', 'c');
	store.end();
	await first[0];
	const again = write('d');
	await store.reach(2);
	expect(store.executions[1]).toEqual(['b', 'c', 'd']);
	store.end();
	await Promise.all([...first, again]);
	const next = ['e', 'f', 'g'].map(write);
	await store.reach(3);
	expect(store.executions[2]).toEqual(['e', 'f', 'g']);
	store.end();
	await Promise.all(next);
});

it('does not wait for long for those who stay away', async () => {
	const first = await writeAll('a', 'b', 'c');
	store.end();
	await store.reach(2);
	store.end();
	await Promise.all(first);
	const last = write('d');
	await store.reach(3);
	expect(store.executions[2]).toEqual(['d']);
	store.end();
	await last;
});

it('goes on when storing throws', async () => {
	const [failed, next] = await writeAll('a', 'b');
	store.end(new Error('locked'));
	await expect(failed).rejects.toThrow('locked');
	await store.reach(2);
	store.end();
	expect(await next).toBe(2);
});

it('puts no more than a hundred into one', async () => {
	const all = await writeAll(...Array.from({ length: 150 }, (_, n) => `${n}`));
	store.end();
	await store.reach(2);
	store.end();
	await store.reach(3);
	store.end();
	await Promise.all(all);
	expect(store.executions.map(({ length }) => length)).toEqual([1, 100, 49]);
});
