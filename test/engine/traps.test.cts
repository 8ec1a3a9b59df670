/** What must not be widened and shows in no test of a feature: see docs/traps.md. */
import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { runNode, type NodeResult } from '../support/engine.cts';
import { textToFriend } from '../support/usedCredentials.cts';

const simulator = useSimulator({ token: 'permanent' });
let credentials: TestCredentials;

beforeEach(() => {
	const { account, password } = simulator.defaults;
	credentials = new TestCredentials({
		baseUrl: simulator.url,
		authentication: 'account',
		account,
		password,
	});
});

const send = (): Promise<NodeResult> =>
	runNode({
		credentials,
		parameters: { ...textToFriend(simulator, 'hello') },
	});
const arrived = (path: string) => simulator.control.requests(path).length;

describe('a refused send', () => {
	it.each([
		'发送失败',
		'对方不是你的好友',
		'参数错误',
		'操作频繁，请稍后再试',
		'系统繁忙',
		'没有权限',
		'account expired',
		'message key is wrong',
	])('is no refused token, so it is sent once: %s', async (message) => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', message, times: 0 });
		expect((await send()).error?.message).toContain(message);
		expect([arrived('/sendText'), arrived('/member/login')]).toEqual([1, 1]);
	});

	it('whose token was refused is not sent again with the same one', async () => {
		// The log-in gives the same permanent token again.
		const message = 'Authorization 无效';
		simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', message, times: 0 });
		const { error } = await send();
		expect(error?.message).toContain('Eyun did not accept the Authorization token');
		expect([arrived('/sendText'), arrived('/member/login')]).toEqual([1, 2]);
	});
});
