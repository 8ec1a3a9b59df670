/** Utility module. */
import type { Handler, Handlers } from '../call.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';
import { hex } from '../ids.cts';
import type { Instance } from '../world-types.cts';

/** Where the file name has no extension: what fileType says (spec/FACTS.md: Parameters). */
const EXTENSION: Record<number, string> = { 1: '.png', 2: '.png', 3: '.png', 4: '.mp4', 5: '' };

const cdnDownFile: Handler = ({ body, media }) => {
	const name = body.text('fileName');
	const named = /\.[A-Za-z0-9]+$/.test(name) ? name : name + EXTENSION[body.int('fileType')];
	return { url: media.url('file', named, Math.max(0, body.int('totalSize'))) };
};

const sendCdnVideo: Handler = () => ({ cdnUrl: hex(180), aesKey: hex(32), length: 3_124_240 });

const uploadCdnImage: Handler = () => ({ cdnUrl: hex(180), aesKey: hex(32), hdLength: 173_475 });

/** At most once per 12 hours (spec/FACTS.md: Errors and limits); the reason stays null while nothing happened. */
const offlineReason: Handler = ({ sim, world, account, body }) => {
	const me = world.hosted.get(body.text('wcId'));
	if (me?.account !== account.account) throw new VendorFailure(ASSUMED.notFound);
	const { offlineReasonEveryMs } = sim.options;
	if (Date.now() - me.offlineReasonAskedMs < offlineReasonEveryMs) {
		throw new VendorFailure(ASSUMED.tooOften);
	}
	me.offlineReasonAskedMs = Date.now();
	return [{ wcId: me.wcId, reason: me.offlineReason }];
};

const setproxy: Handler = ({ world, account, body }) => {
	const me = world.hosted.get(body.text('wcId'));
	if (me?.account !== account.account) throw new VendorFailure(ASSUMED.notFound);
	me.proxy = { ...body.json };
	return null;
};

/** One row for each online instance of the account. The field is `wid` (spec/FACTS.md: Anomalies, Structure). */
function perInstance(row: (instance: Instance) => object): Handler {
	return ({ world, account }) =>
		[...world.instances.values()]
			.filter((instance) => instance.online && instance.account === account.account)
			.map((instance) => ({
				account: account.account,
				nickName: world.nickName(instance.wcId),
				wcId: instance.wcId,
				...row(instance),
				wid: instance.wId,
			}));
}

export const utilityHandlers: Handlers = {
	'/cdnDownFile': cdnDownFile,
	'/sendCdnVideo': sendCdnVideo,
	'/uploadCdnImage': uploadCdnImage,
	'/offlineReason': offlineReason,
	'/setproxy': setproxy,
	'/getReqTimes': perInstance(({ requests }) => ({ times: requests })),
	'/getUserFlow': perInstance(({ bytes }) => ({
		flow: `${String(Math.round(bytes / 1_048_576))}MB`,
		size: bytes,
	})),
};
