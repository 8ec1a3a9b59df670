import type { IDataObject } from 'n8n-workflow';

import { example } from '../../scripts/lib/example.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { jsons, runNode } from '../support/engine.cts';
import { receivedItem } from '../support/received.cts';

/** The action of the example workflow, as the editor stores it after the import. */

const simulator = useSimulator({ between: 'restart' });

it('answers where the message of the trigger came from', async () => {
	const { nodes } = await example('auto-reply');
	const { parameters } = nodes.find(({ type }) => type === 'n8n-nodes-eyun.eyun') ?? {};
	const { wId, wcId } = parameters as Record<string, IDataObject>;
	expect([wId, wcId]).toMatchObject([
		{ __rl: true, mode: 'wId' },
		{ __rl: true, mode: 'id' },
	]);
	const item = receivedItem(simulator, '60001', { content: 'Good morning' });
	const result = await runNode({
		credentials: { baseUrl: simulator.url, token: simulator.defaults.token },
		parameters: parameters as IDataObject,
		input: [item],
	});
	expect(jsons(result)).toHaveLength(1);
	const [{ body }] = simulator.control.requests('/sendText');
	expect(JSON.parse(body)).toMatchObject({
		wId: simulator.defaults.wId,
		wcId: simulator.defaults.friend,
		content: expect.stringContaining('"Good morning"') as unknown,
	});
});
