import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import type { Simulator } from '../../simulator/server.cts';
import { startSimulator } from '../../simulator/server.cts';
import type { HostSetup } from '../support/triggerHost.cts';
import { TriggerHost } from '../support/triggerHost.cts';

let sim: Simulator;
let host: TriggerHost;

beforeAll(async () => {
	sim = await startSimulator({ pushTimeoutMs: 4_000 });
});

afterAll(async () => await sim.stop());

afterEach(async () => {
	await host.stop();
	sim.control.reset();
});

async function start(setup: Partial<HostSetup> = {}) {
	host = await TriggerHost.start({
		loadTrigger: () => new EyunTrigger(),
		credentials: { baseUrl: sim.url, token: sim.defaults.token },
		...setup,
	});
	return host;
}

it('passes a message on with its wide id untouched', async () => {
	await start();
	await host.activate();
	const said = await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
	expect(said).toMatchObject({ delivered: true, status: 200 });
	await host.settled();
	expect(host.executions).toHaveLength(1);
	expect(host.executions[0].error).toBeUndefined();
	const [{ json }] = host.executions[0].items;
	expect(json).toMatchObject({ event: 'message.text', text: 'hello', messageId: said.newMsgId });
	expect(host.executions[0].paired).toEqual([{ messageId: said.newMsgId }]);
	await host.deactivate();
});
