import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../../simulator/server.cts';
import { TestCredentials } from './credentials.cts';
import { runNode } from './engine.cts';

/**
 * Credentials with the simulator's token, used once: n8n's first use of a credential asks whether the server is
 * there, and which accounts are online is known then. The simulator has forgotten those requests.
 *
 * @param simulator of the running test
 * @param Kind what the test wants to see of them
 */
export async function usedCredentials<Kind extends TestCredentials = TestCredentials>(
	simulator: Simulator,
	Kind: new (data: { baseUrl: string; token: string }) => Kind = TestCredentials as never,
): Promise<Kind> {
	const credentials = new Kind({ baseUrl: simulator.url, token: simulator.defaults.token });
	await runNode({ credentials, parameters: { resource: 'account', operation: 'getOnline' } });
	simulator.control.clearRequests();
	return credentials;
}

/** The parameters of Message: Send Text from the simulator's account to its friend. */
export function textToFriend({ defaults }: Simulator, content: string): IDataObject {
	return {
		resource: 'message',
		operation: 'sendText',
		wId: defaults.wId,
		wcId: defaults.friend,
		content,
	};
}
