/** (a) 1,000 texts to a vendor that answers at once. */
import assert from 'node:assert/strict';
import type { INode, INodeParameters } from 'n8n-workflow';
import { type BenchN8n, type BenchNode, type BenchWorkflow, nodeTime } from './n8n.cts';
import { byId, eyunCredential, eyunNode, headerCredential, httpRequest, SPLIT } from './nodes.cts';
import type { Received } from './recorder.cts';
import { inTurns } from './rounds.cts';
import type { Vendor } from './vendor.cts';

export const SENDS = 1_000;

const NODE = 'Send';

export interface SendRound {
	/** How long the node ran, milliseconds. */
	nodeMs: number;
	/** How long the whole workflow took, milliseconds. */
	wallMs: number;
}

export type SendWay = 'oneAtATime' | 'concurrency5' | 'bareLoop' | 'httpRequest';

/** Sends with each way in turns; gives back the rounds of each. Throws when a text got lost. */
export async function measureSends(
	n8n: BenchN8n,
	vendor: Vendor,
	rounds: number,
): Promise<Record<SendWay, SendRound[]>> {
	const { recorder, token, wId, friend } = await vendor.ask('where');
	const ours = await n8n.credential(eyunCredential('Recorder', recorder, token));
	const header = await n8n.credential(headerCredential(token));
	const nodes = sendNodes(`${recorder}/sendText`, wId, ours, header);
	const workflows = {} as Record<SendWay, BenchWorkflow>;
	for (const [way, node] of Object.entries(nodes) as Array<[SendWay, BenchNode]>) {
		workflows[way] = await n8n.workflow(`send-${way}`, [SPLIT, { ...node, name: NODE }]);
	}
	const items = Array.from({ length: SENDS }, (_, n) => ({ to: friend, text: `Text ${n}` }));
	return await inTurns(rounds, Object.keys(workflows) as SendWay[], async (way) => {
		await vendor.ask('recorded');
		const finished = await workflows[way].run({ items });
		checkCalls(way, await vendor.ask('recorded'), wId, items);
		return { nodeMs: nodeTime(finished, NODE), wallMs: finished.wallMs };
	});
}

function sendNodes(
	url: string,
	wId: string,
	ours: INode['credentials'],
	header: INode['credentials'],
): Record<SendWay, Omit<BenchNode, 'name'>> {
	const [wcId, content] = ['={{ $json.to }}', '={{ $json.text }}'];
	const eyun = (options: INodeParameters) => ({
		...eyunNode({
			resource: 'message',
			operation: 'sendText',
			wId: byId(wId),
			wcId: byId(wcId),
			content,
			options,
		}),
		credentials: ours,
	});
	return {
		oneAtATime: eyun({}),
		concurrency5: eyun({ concurrency: 5 }),
		bareLoop: {
			type: 'n8n-nodes-eyun-probe.bareLoop',
			typeVersion: 1,
			credentials: ours,
			parameters: { wId, wcId, content },
		},
		httpRequest: { ...httpRequest(url, { wId, wcId, content }), credentials: header },
	};
}

/** Every text once; in order where one was sent after the other. */
function checkCalls(
	way: SendWay,
	calls: Received[],
	wId: string,
	items: Array<{ to: string; text: string }>,
): void {
	// Opening the session of a credential is a call of its own, once.
	const sent = calls
		.filter(({ path }) => path === '/sendText')
		.map(({ body }) => JSON.parse(body) as unknown);
	const expected = items.map(({ to, text }) => ({ wId, wcId: to, content: text }));
	if (way === 'oneAtATime' || way === 'bareLoop') {
		assert.deepEqual(sent, expected, `${way} did not send every text once and in order`);
		return;
	}
	const sorted = (list: unknown[]) => list.map((entry) => JSON.stringify(entry)).sort();
	assert.deepEqual(sorted(sent), sorted(expected), `${way} did not send every text once`);
}
