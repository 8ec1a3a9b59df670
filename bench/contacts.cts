/** (b) The details of 1,000 contacts from a vendor that takes 50 ms for an answer. */
import assert from 'node:assert/strict';
import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../scripts/lib/n8n-client.cts';
import { type BenchN8n, type BenchWorkflow, nodeTime } from './n8n.cts';
import { byId, eyunCredential, eyunNode, headerCredential, httpRequest, SPLIT } from './nodes.cts';
import { inTurns } from './rounds.cts';
import type { Vendor } from './vendor.cts';

export const CONTACTS = 1_000;
export const SERVER_TIME_MS = 50;

const NODE = 'Get';
const PATH = '/getContact';

export interface ContactRound {
	/** How long the node ran, milliseconds. */
	nodeMs: number;
	/** How long the whole workflow took, milliseconds. */
	wallMs: number;
	/** Requests that the vendor got. */
	calls: number;
	/** The largest number of them that were under way at the same time, as the vendor saw it. */
	maxInFlight: number;
}

export type ContactWay = 'ours' | 'httpRequest';

/** Asks with each way in turns; gives back the rounds of each. Throws when a contact is missing. */
export async function measureContacts(
	n8n: BenchN8n,
	vendor: Vendor,
	rounds: number,
): Promise<Record<ContactWay, ContactRound[]>> {
	const { simulator, token, wId } = await vendor.ask('where');
	const friends = await vendor.ask('befriend', CONTACTS);
	const ours = await n8n.credential(eyunCredential('Simulator', simulator, token));
	const header = await n8n.credential(headerCredential(token));
	const wcId = '={{ $json.wcId }}';
	const workflows: Record<ContactWay, BenchWorkflow> = {
		ours: await n8n.workflow('get-ours', [
			SPLIT,
			{
				...eyunNode({ resource: 'contact', operation: 'get', wId: byId(wId), wcId, options: {} }),
				name: NODE,
				credentials: ours,
			},
		]),
		httpRequest: await n8n.workflow('get-http', [
			SPLIT,
			{
				...httpRequest(`${simulator}${PATH}`, { wId, wcId }),
				name: NODE,
				credentials: header,
			},
		]),
	};
	/** Who it is that an output item is about: HTTP Request puts out the answer as it came. */
	const idOf: Record<ContactWay, (json: IDataObject) => unknown> = {
		ours: ({ userName }) => userName,
		httpRequest: ({ data }) => (data as IDataObject[])[0].userName,
	};
	await vendor.ask('delay', SERVER_TIME_MS);
	const items = friends.map((friend) => ({ wcId: friend }));
	const results = await inTurns(rounds, ['ours', 'httpRequest'], async (way) => {
		await vendor.ask('received');
		const finished = await workflows[way].run({ items });
		const { calls, maxInFlight } = await vendor.ask('received');
		const got = outputOf(finished.execution, NODE).map(idOf[way]);
		assert.deepEqual(got, friends, `${way} did not get every contact`);
		return {
			nodeMs: nodeTime(finished, NODE),
			wallMs: finished.wallMs,
			calls: calls.filter(({ path }) => path === PATH).length,
			maxInFlight,
		};
	});
	await vendor.ask('delay', 0);
	return results;
}
