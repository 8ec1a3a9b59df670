/** A search for a name that is not known yet, in n8n's own context for lists. */
import type { IDataObject, INodeListSearchResult } from 'n8n-workflow';

import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { openList, type Opening } from '../support/listSearch.cts';
import { sleptMs } from '../support/quickSleep.cts';
import { useSimulator } from '../support/useSimulator.cts';

jest.mock('n8n-workflow', () => {
	const { withQuickSleep } = jest.requireActual<typeof import('../support/quickSleep.cts')>(
		'../support/quickSleep.cts',
	);
	return withQuickSleep(jest.requireActual('n8n-workflow'));
});

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;

async function friends(count: number): Promise<string[]> {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
	const made = simulator.control.populate({ friends: count }).friends;
	const { wId } = simulator.defaults;
	const parameters = { resource: 'login', operation: 'initContacts', wId };
	jsons(await runNode({ credentials, parameters }));
	simulator.control.clearRequests();
	return made;
}

async function open(more: Partial<Opening> = {}): Promise<INodeListSearchResult> {
	const parameters = { wId: simulator.defaults.wId } as IDataObject;
	return await openList('contact', { credentials, parameters, ...more });
}

const arrived = () => simulator.control.requests('/getContact').length;
const isNotice = ({ value }: { value: unknown }) => String(value).trim() === '';
const chosen = ({ results }: INodeListSearchResult) =>
	results.filter((entry) => !isNotice(entry)).map(({ value }) => value);
const notices = ({ results }: INodeListSearchResult) =>
	results.filter(isNotice).map(({ name }) => name);

/** Goes on as the editor does when a search is scrolled, or typed again: with the token. */
async function pagesUntilFound(filter: string): Promise<INodeListSearchResult[]> {
	const pages = [await open({ filter })];
	while (chosen(pages[pages.length - 1]).length === 0) {
		const { paginationToken } = pages[pages.length - 1];
		if (paginationToken === undefined) break;
		// The editor never asks on after an empty page.
		expect(pages[pages.length - 1].results).not.toEqual([]);
		pages.push(await open({ filter, paginationToken: String(paginationToken) }));
	}
	return pages;
}

describe.each([800, 5_000])('%d friends', (count) => {
	let made: string[];
	beforeEach(async () => {
		made = await friends(count);
	});

	it('any friend is found by name, the last one too', async () => {
		const last = made.at(-1) ?? '';
		const pages = await pagesUntilFound(simulator.world.nickName(last));
		expect(pages.flatMap(chosen)).toEqual([last]);
		// 20 names a call, and each of them asked for once.
		expect(arrived()).toBe(Math.ceil((count + 5) / 20));
		// Roughly 15 calls fit into the 8 seconds of one request.
		expect(pages.length).toBeLessThanOrEqual(Math.ceil(count / 20 / 10));
	});

	it('says how far it is, in an entry that is no choice', async () => {
		const page = await open({ filter: 'nobody is called so' });
		const [notice] = notices(page);
		const known = arrived() * 20;
		const all = (count + 5).toLocaleString('en-US');
		expect(notice).toBe(`Searched ${known} of ${all} so far. Edit the search to go on`);
		expect(known).toBeGreaterThanOrEqual(200);
		expect(page.paginationToken).toBeDefined();
		const { value: wcId } = page.results[0];
		const { wId } = simulator.defaults;
		const parameters = { resource: 'contact', operation: 'delete', wId, wcId };
		const { error } = await runNode({ credentials, parameters });
		expect(error?.message).toContain('"Contact" (wcId) holds only spaces');
	});

	it('a page ends after 8 seconds, and the next one goes on where it ended', async () => {
		const before = sleptMs();
		const first = await open({ filter: 'nobody' });
		expect(sleptMs() - before).toBeLessThan(9_000);
		const calls = arrived();
		const second = await open({ filter: 'nobody', paginationToken: String(first.paginationToken) });
		expect(arrived()).toBeGreaterThan(calls + 5);
		expect(notices(second)).not.toEqual(notices(first));
		expect(second.results[0].value).not.toBe(first.results[0].value);
	});

	it('another search begins with what this one has learned', async () => {
		await open({ filter: 'nobody' });
		const calls = arrived();
		await open({ filter: 'nobody else' });
		const asked = simulator.control
			.requests('/getContact')
			.flatMap(({ body }) => (JSON.parse(body) as { wcId: string }).wcId.split(','));
		expect(arrived()).toBeGreaterThan(calls);
		expect(new Set(asked).size).toBe(asked.length);
	});
});

it('a search that is at its end with nothing found says so by an empty page', async () => {
	await friends(100);
	const pages = await pagesUntilFound('nobody');
	expect(pages).toEqual([{ results: [] }]);
	expect(await open({ filter: 'nobody' })).toEqual({ results: [] });
});

it('a hit comes with the progress as long as names are missing', async () => {
	const made = await friends(100);
	const page = await open({ filter: simulator.world.nickName(made[30]) });
	expect(chosen(page)).toEqual([made[30]]);
	expect(notices(page)[0]).toMatch(/^Searched 40 of 105 so far/);
	const rest = await open({
		filter: simulator.world.nickName(made[30]),
		paginationToken: String(page.paginationToken),
	});
	expect(rest).toEqual({ results: [] });
});

it('names that another search learned meanwhile are not passed over', async () => {
	const made = await friends(400);
	const [early, late] = [made[30], made[390]].map((wcId) => simulator.world.nickName(wcId));
	const first = await open({ filter: early.slice(0, 3) });
	// Another search learns them all.
	await pagesUntilFound(late);
	const found = [first];
	while (found[found.length - 1].paginationToken !== undefined) {
		const { paginationToken } = found[found.length - 1];
		found.push(await open({ filter: early.slice(0, 3), paginationToken: String(paginationToken) }));
	}
	const all = found.flatMap(chosen);
	expect(new Set(all).size).toBe(all.length);
	expect(all).toEqual(expect.arrayContaining(made));
});
