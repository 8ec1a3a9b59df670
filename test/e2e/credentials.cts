/** The banner under the credential, green or red, with the text that helps. */
import assert from 'node:assert/strict';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import { freePort } from '../../scripts/lib/ports.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';

interface Case {
	name: string;
	/** What differs from a good token at the simulator. */
	data: Record<string, string>;
	/** 0 normal, 1 frozen, 2 expired. */
	accountStatus?: number;
	expected: { status: 'OK' | 'Error'; message: RegExp };
}

export async function credentialChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator, client } = stack;
	const { account, password, token } = simulator.defaults;
	const byPassword = { authentication: 'account', account, password };
	const unreachable = `http://127.0.0.1:${await freePort()}`;
	const good = { status: 'OK', message: /success/i } as const;
	const red = (message: RegExp) => ({ status: 'Error', message }) as const;

	const cases: Case[] = [
		{ name: 'good token', data: {}, expected: good },
		{
			name: 'good token, address with spaces and a slash',
			data: { baseUrl: `  ${simulator.url}/ ` },
			expected: good,
		},
		{
			name: 'bad token',
			data: { token: `${token}x` },
			expected: red(/does not accept this Authorization token/),
		},
		{ name: 'account and password', data: byPassword, expected: good },
		{
			name: 'bad password',
			data: { ...byPassword, password: 'wrong' },
			expected: red(/refused account and password: .*用户名或密码错误/),
		},
		{
			name: 'frozen account',
			data: byPassword,
			accountStatus: 1,
			expected: red(/frozen \(status 1\)/),
		},
		{
			name: 'expired account',
			data: byPassword,
			accountStatus: 2,
			expected: red(/expired \(status 2\)/),
		},
		{
			name: 'host not reachable, token',
			data: { baseUrl: unreachable },
			expected: red(/The Eyun server at http:.* cannot be reached: .*refused the connection/),
		},
		{
			name: 'host not reachable, account and password',
			data: { ...byPassword, baseUrl: unreachable },
			expected: red(/The Eyun server at http:.* cannot be reached: .*refused the connection/),
		},
		{
			name: 'address that is none',
			data: { baseUrl: 'ftp://example.com' },
			expected: red(/must start with http:\/\/ or https:\/\//),
		},
	];

	for (const { name, data, accountStatus = 0, expected } of cases) {
		await checks.run(`credential test, ${name}: ${expected.status}`, async () => {
			simulator.control.account({ account, status: accountStatus });
			// As the editor does it: save, then test. The same one each time, as a user who tries out.
			const credential = {
				name: 'Credential (e2e)',
				type: CREDENTIAL_TYPE,
				data: { ...stack.tokenCredential().data, ...data },
			};
			const id = await client.saveCredential(credential);
			const result = await client.testCredential(credential, id);
			simulator.control.account({ account, status: 0 });
			assert.equal(result.status, expected.status, result.message);
			assert.match(result.message, expected.message);
		});
	}
}
