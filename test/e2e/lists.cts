/** Many at once: a list over several pages, and many items in few calls at the pace that was asked for. */
import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { ReceivedRequest } from '../../simulator/log.cts';
import type { Checks } from '../frame/checks.cts';
import { eyunNode, itemsOf, runOnce } from './workflows.cts';

const LIST = 'Get Moments';
const IDS = 'Ids';
const GET = 'Get Contacts';
const PAIRS = 'Pairs';

/** How many moments the simulator puts on a page. */
const PAGE = 10;

/** How many of these requests were under way at the same time; the trigger may be making others. */
function mostAtOnce(requests: ReceivedRequest[]): number {
	const underWayAt = (moment: number) =>
		requests.filter(({ timeMs, ms = Infinity }) => timeMs <= moment && moment < timeMs + ms);
	return Math.max(...requests.map(({ timeMs }) => underWayAt(timeMs).length));
}

export async function listChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { control, defaults, world } = simulator;

	/** The ids of the moments that the node gives out, and the requests it took. */
	async function moments(path: string, parameters: IDataObject) {
		const list = { resource: 'moment', operation: 'getAll', wId: defaults.wId, ...parameters };
		control.clearRequests();
		const execution = await runOnce(stack, path, [eyunNode(stack, LIST, list)]);
		const ids = itemsOf(execution, LIST).map(({ json }) => json.id);
		return { ids, requests: control.requests('/getCircle').length };
	}

	await checks.run('all moments over several pages, each once; with a limit so many', async () => {
		const [moment] = world.moments.values();
		for (let more = 0; more < 12; more++) {
			const id = world.momentIds.next();
			world.moments.set(id, { ...moment, id });
		}
		const newest = [...world.moments.keys()].sort((a, b) => (a < b ? 1 : -1)).map(String);
		const pages = Math.ceil(newest.length / PAGE);
		assert.ok(pages > 3);
		const all = await moments('e2e-all', { returnAll: true });
		assert.deepEqual(all.ids, newest);
		// Only an empty page tells that there are no more.
		assert.equal(all.requests, pages + 1);
		const some = await moments('e2e-limit-25', { returnAll: false, limit: 25 });
		assert.deepEqual(some.ids, newest.slice(0, 25));
		assert.equal(some.requests, 3);
	});

	const { friends } = control.populate({ friends: 45 });

	/** Gets all friends, an item each; checks who got whom, gives back the requests. */
	async function contacts(path: string, options: IDataObject) {
		control.clearRequests();
		const execution = await runOnce(
			stack,
			path,
			[
				{
					name: IDS,
					type: 'n8n-nodes-base.splitOut',
					typeVersion: 1,
					parameters: { fieldToSplitOut: 'body.ids', options: { destinationFieldName: 'wcId' } },
				},
				eyunNode(stack, GET, {
					resource: 'contact',
					operation: 'get',
					wId: defaults.wId,
					wcId: '={{ $json.wcId }}',
					options,
				}),
				{
					name: PAIRS,
					type: 'n8n-nodes-base.set',
					typeVersion: 3.4,
					parameters: {
						mode: 'raw',
						jsonOutput: `={{ { asked: $("${IDS}").item.json.wcId, got: $json.userName } }}`,
					},
				},
			],
			{ ids: friends },
		);
		assert.deepEqual(
			itemsOf(execution, PAIRS).map(({ json }) => json),
			friends.map((wcId) => ({ asked: wcId, got: wcId })),
		);
		return control.requests('/getContact');
	}

	await checks.run('45 contacts in 3 calls, each item with its own contact', async () => {
		control.fault({ kind: 'latency', ms: 300, path: '/getContact', times: 0 });
		try {
			const calls = await contacts('e2e-contacts', {});
			const sizes = calls.map(({ json }) => String((json as IDataObject).wcId).split(',').length);
			assert.deepEqual(sizes, [20, 20, 5]);
			assert.equal(mostAtOnce(calls), 3);
			const twoAtOnce = await contacts('e2e-two-at-once', { concurrency: 2 });
			assert.equal(twoAtOnce.length, 3);
			assert.equal(mostAtOnce(twoAtOnce), 2);
		} finally {
			control.clearFaults();
		}
	});

	await checks.run('pauses between the calls, as long as they were asked for', async () => {
		const pause = { values: { mode: 'range', min: 400, max: 500 } };
		const calls = await contacts('e2e-pause', { pause });
		assert.equal(mostAtOnce(calls), 1);
		const times = calls.map(({ timeMs }) => timeMs);
		const gaps = times.slice(1).map((time, n) => time - times[n]);
		assert.equal(gaps.length, 2);
		// The clocks of two processes may be off by one.
		for (const gap of gaps) assert.ok(gap >= 399, `only ${gap} ms between two calls`);
	});
}
