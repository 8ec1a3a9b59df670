/** "Listen for test event" while production goes on. */
import { TriggerCase } from '../support/triggerCase.cts';
import { holdWaits } from '../support/triggerProcess.cts';

const all = TriggerCase.use();

const texts = (host: { executions: Array<{ items: Array<{ json: object }> }> }) =>
	host.executions.flatMap(({ items }) => items.map(({ json }) => (json as { text: string }).text));

describe('with production in another system', () => {
	it('forwards every callback, byte for byte, and restores the address', async () => {
		const other = await all.otherSystem();
		const host = await all.host();
		await host.listen();
		expect(all.registered).toContain('/webhook-test/');
		for (const text of ['one', 'two', 'three']) expect(await all.say(text)).toBe(true);
		await host.idle();
		// The first one ends the test in n8n; it is not started again for the others.
		expect(texts(host)).toEqual(['one']);
		const pushed = all.sim.control.pushes().filter(({ messageType }) => messageType === '60001');
		const heard = other.bodies.filter((body) => !body.includes('"00000"'));
		expect(heard).toEqual(pushed.map(({ body }) => body));
		await host.stopListening();
		expect(all.registered).toBe(other.address);
		expect(await all.say('four')).toBe(true);
		expect(other.bodies.at(-1)).toContain('four');
	});

	it('forwards what is filtered out, too, and goes on listening', async () => {
		const other = await all.otherSystem();
		const host = await all.host({ parameters: { events: ['80001'] } });
		await host.listen();
		expect(await all.say('private')).toBe(true);
		expect(host.executions).toHaveLength(0);
		expect(other.bodies).toHaveLength(1);
		await host.stopListening();
	});

	it('forwards what was under way when it ended', async () => {
		const other = await all.otherSystem();
		const host = await all.host();
		await host.listen();
		const testAddress = all.registered ?? '';
		// Callbacks under way have some time to arrive, which ends when the test says so.
		const timeGoesOn = holdWaits();
		const ending = host.stopListening();
		await host.answersReach(1);
		while (all.registered !== other.address) await new Promise((turn) => setImmediate(turn));
		// The vendor had looked the address up just before.
		all.register(testAddress);
		expect(await all.say('late')).toBe(true);
		all.register(other.address);
		timeGoesOn();
		await ending;
		expect(other.bodies.at(-1)).toContain('late');
	});

	it('does not mind a receiver that fails, and says so without its secrets', async () => {
		const other = await all.otherSystem();
		other.status = 500;
		const host = await all.host();
		await host.listen();
		expect(await all.say()).toBe(true);
		await host.idle();
		expect(host.executions).toHaveLength(1);
		expect(host.warnings.join()).toContain('HTTP 500');
		expect(host.warnings.join()).not.toContain('a%26b');
		await host.stopListening();
	});

	it('that begins while the one before is ending costs nothing either', async () => {
		const other = await all.otherSystem();
		const host = await all.host();
		for (let round = 0; round < 3; round++) {
			await host.listen();
			const ending = host.stopListening();
			await host.listen();
			await ending;
			while (!all.registered?.includes('/webhook-test/')) {
				await new Promise((turn) => setTimeout(turn, 1));
			}
			expect(await all.say(`round ${round}`)).toBe(true);
			await host.idle();
			await host.stopListening();
			expect(all.registered).toBe(other.address);
		}
		expect(texts(host)).toEqual(['round 0', 'round 1', 'round 2']);
		expect(other.bodies.filter((body) => body.includes('60001'))).toHaveLength(3);
	});

	it('that was left behind restores the address at the next one', async () => {
		const other = await all.otherSystem();
		const host = await all.host();
		await host.listen();
		host.restart();
		await host.listen();
		expect(await all.say()).toBe(true);
		expect(other.bodies).toHaveLength(1);
		await host.stopListening();
		expect(all.registered).toBe(other.address);
	});

	it('that was left behind restores the address when a trigger takes over and ends', async () => {
		const other = await all.otherSystem();
		const host = await all.host({ parameters: { onConflict: 'takeOver' } });
		await host.listen();
		host.restart();
		await host.activate();
		await host.deactivate();
		expect(all.registered).toBe(other.address);
	});

	it('that the vendor refuses leaves everything as it was', async () => {
		const other = await all.otherSystem();
		const host = await all.host();
		all.sim.control.fault({ kind: 'vendorFailure', path: '/setHttpCallbackUrl', times: 1 });
		await expect(host.listen()).rejects.toThrow();
		expect(all.registered).toBe(other.address);
	});

	it('that got no answer to its registration leaves everything as it was', async () => {
		const other = await all.otherSystem();
		const host = await all.host();
		all.sim.control.fault({ kind: 'http500', path: '/setHttpCallbackUrl', times: 3 });
		await expect(host.listen()).rejects.toThrow();
		expect(all.registered).toBe(other.address);
	});

	it('does not cancel the address of somebody who came meanwhile', async () => {
		const host = await all.host();
		await host.listen();
		const other = await all.otherSystem();
		await host.stopListening();
		expect(all.registered).toBe(other.address);
	});
});

describe.each([
	['account and password', () => all.withPassword],
	['a token', () => all.withToken],
])('with production in the same n8n, and %s', (_, credentials) => {
	it('costs production no message', async () => {
		const host = await all.host({ credentials: credentials() });
		await host.activate();
		await all.say('before');
		await host.listen();
		await all.say('during');
		await all.say('during too');
		await host.stopListening();
		await all.say('after');
		await host.idle();
		expect(texts(host).sort()).toEqual(['after', 'before', 'during', 'during', 'during too']);
		expect(host.modes.filter((mode) => mode === 'manual')).toHaveLength(1);
	});

	it('restores it with its secret', async () => {
		const host = await all.host({ credentials: credentials() });
		await host.activate();
		const { registered } = all;
		await host.listen();
		await host.stopListening();
		expect(all.registered).toBe(registered);
	});

	it('is over when production is deactivated meanwhile', async () => {
		const host = await all.host({ credentials: credentials() });
		await host.activate();
		await host.listen();
		await host.deactivate();
		expect(all.registered).toContain('/webhook-test/');
		await host.stopListening();
		expect(all.registered).toBeUndefined();
	});

	it('ends quietly when production is activated meanwhile', async () => {
		const host = await all.host({ credentials: credentials() });
		await host.listen();
		await host.activate();
		const { registered } = all;
		expect(registered).toContain(host.address);
		await host.stopListening();
		expect(all.registered).toBe(registered);
	});
});
