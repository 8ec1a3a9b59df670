/** Account module: which instances are online. */
import type { Handler, Handlers } from '../call.cts';
import { VendorFailure } from '../envelope.cts';

/** Always code 1000; only `isOnline` says it (spec/FACTS.md: Anomalies, Structure). An unknown wId is offline. */
const isOnline: Handler = ({ world, account, body }) => {
	const instance = world.instances.get(body.text('wId'));
	return { isOnline: instance?.account === account.account && instance.online };
};

const queryLoginWx: Handler = ({ world, account }) =>
	[...world.instances.values()]
		.filter((instance) => instance.online && instance.account === account.account)
		.map(({ wcId, wId }) => ({ wcId, wId }));

const memberOffline: Handler = ({ world, account, body }) => {
	if (body.text('account') !== account.account) throw new VendorFailure('失败');
	for (const wcId of body.list('wcIds')) {
		const instance = world.onlineInstance(wcId);
		if (instance?.account === account.account) instance.online = false;
	}
	return null;
};

export const accountHandlers: Handlers = {
	'/isOnline': isOnline,
	'/queryLoginWx': queryLoginWx,
	'/member/offline': memberOffline,
};
