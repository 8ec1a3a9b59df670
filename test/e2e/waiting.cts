/** An account that was thrown out logs in again: a QR code, a phone, and a workflow that waits for it. */
import assert from 'node:assert/strict';
import type { Execution } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { Checks } from '../frame/checks.cts';
import { eyunNode, itemsOf, runOnce } from './workflows.cts';

const LOG_IN = 'Log In with QR Code';
const WAIT = 'Wait for Login';

export async function waitingChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { control, defaults } = simulator;

	async function logIn(): Promise<Execution> {
		return await runOnce(stack, 'e2e-login', [
			eyunNode(stack, LOG_IN, {
				resource: 'login',
				operation: 'logInWithQrCode',
				wcId: defaults.wcId,
				deviceType: 'ipad',
				proxy: 16,
				binaryPropertyName: 'qr',
			}),
			eyunNode(stack, WAIT, {
				resource: 'login',
				operation: 'waitForLogin',
				wId: '={{ $json.wId }}',
				autoCheck: false,
				initContacts: true,
				timeLimit: 60,
			}),
		]);
	}

	/** What the person with the phone does, once the workflow waits for it. Gives back the new wId. */
	async function confirm(): Promise<string> {
		const question = await waitFor(() => control.requests('/getIPadLoginInfo').at(0), {
			what: 'the workflow to wait for the login',
			timeoutMs: 25_000,
		});
		const { wId } = question.json as { wId: string };
		control.scan({ wId, step: 'scan' });
		control.scan({ wId, step: 'confirm' });
		return wId;
	}

	await checks.run('a login with a QR code is waited for until the phone confirms', async () => {
		const before = defaults.wId;
		await control.offline();
		control.clearRequests();
		const [execution, wId] = await Promise.all([logIn(), confirm()]);

		const [begun] = itemsOf(execution, LOG_IN);
		assert.equal(begun.json.wId, wId);
		assert.equal(begun.binary?.qr.mimeType, 'image/png');
		const [{ json }] = itemsOf(execution, WAIT);
		assert.equal(json.loginState, 'loggedIn');
		assert.equal(json.wId, wId);
		assert.equal(json.wcId, defaults.wcId);
		assert.equal(json.addressListLoaded, true);
		assert.notEqual(wId, before);
		assert.equal(simulator.defaults.wId, wId);
		assert.equal(control.requests('/iPadLogin').length, 1);
	});
}
