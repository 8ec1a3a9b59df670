/** The example that logs an account in with a QR code and tells when it goes offline. */
import assert from 'node:assert/strict';
import { waitFor } from '../../../scripts/lib/wait.cts';
import type { Checks } from '../../frame/checks.cts';
import { alone, type Bench, Imported } from './imported.cts';
import type { StandIns } from './standIns.cts';

export async function loginExamples(
	checks: Checks,
	bench: Bench,
	{ robot, alarms }: StandIns,
): Promise<void> {
	const { simulator } = bench.stack;
	const { control } = simulator;
	const { wcId } = simulator.defaults;

	await alone(checks, bench, 'examples/login-and-alarm.json', async () => {
		const NOW = 'Log In Now';
		const unset = await Imported.create(bench, 'login-and-alarm');
		await unset.runLacks(NOW, /Region/);
		assert.equal(control.requests('/iPadLogin').length, 0);

		const login = await Imported.create(bench, 'login-and-alarm', {
			Alarm: { url: robot },
			'Log In with QR Code': { wcId, proxy: 16 },
		});
		await login.activate();
		const told = async (count: number) =>
			await waitFor(() => (alarms.length >= count ? alarms.slice() : undefined), {
				what: `${count} alarms`,
				timeoutMs: 30_000,
			});
		await control.offline({ reason: '手机端退出登录' });
		assert.deepEqual(await told(1), [`text: WeChat account ${wcId} went offline: 手机端退出登录`]);
		control.clearRequests();
		const id = await login.begin(NOW);
		const [, code] = await told(2);
		assert.match(code, /^text: Scan this code .*: http.*$/);
		const { json } = await waitFor(() => control.requests('/getIPadLoginInfo').at(0), {
			what: 'the workflow to wait for the phone',
			timeoutMs: 30_000,
		});
		const { wId } = json as { wId: string };
		control.scan({ wId, step: 'scan' });
		control.scan({ wId, step: 'confirm' });
		assert.equal((await login.ended(id)).status, 'success');
		assert.deepEqual((await told(3)).slice(2, 3), [`text: WeChat account ${wcId} is logged in.`]);
		assert.equal(control.requests('/iPadLogin').length, 1);
		assert.equal(simulator.defaults.wId, wId);

		const late = await Imported.create(bench, 'login-and-alarm', {
			Alarm: { url: robot },
			'Log In with QR Code': { wcId, proxy: 16 },
			'Wait for Login': { timeLimit: 1 },
		});
		await late.runs(NOW);
		assert.match(
			(await told(5))[4],
			/^text: The login did not succeed: Nobody confirmed the login within 1 seconds/,
		);
		await login.deactivate();
	});
}
