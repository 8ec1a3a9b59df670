/** Incoming Message module: callback address, downloads, the video job. */
import type { Handler, Handlers } from '../call.cts';
import { FAILED, VendorFailure } from '../envelope.cts';
import { jobAnswer, startJob } from '../jobs.cts';
import type { MediaKind } from '../media.cts';

/** Answers a url of a file named after the message. Any msgId will do: it comes from a callback. */
function download(kind: MediaKind, extension: string): Handler {
	return ({ body, media }) => ({
		url: media.url(kind, `${String(body.wide('msgId'))}${extension}`),
	});
}

/** Name and size inside the file's appmsg XML, so that the url keeps its extension. */
const getMsgFile: Handler = ({ body, media }) => {
	const xml = body.text('content');
	const title = /<title>(?:<!\[CDATA\[)?([^<\]]+)/.exec(xml)?.[1];
	const bytes = /<totallen>(\d+)/.exec(xml)?.[1];
	const name = title ?? `${String(body.wide('msgId'))}.txt`;
	return { url: media.url('file', name, bytes === undefined ? undefined : Number(bytes)) };
};

/** The check push follows right after the answer (spec/FACTS.md: Transport). */
const setHttpCallbackUrl: Handler = ({ body, sim, account }) => {
	const url = body.text('httpUrl');
	if (!/^https?:\/\/[^/\s]+/.test(url)) throw new VendorFailure(`httpUrl 不是有效的地址: ${url}`);
	setImmediate(() => void sim.pusher.register(account, url, body.int('type') === 1 ? 1 : 2));
	return null;
};

const cancelHttpCallbackUrl: Handler = ({ account }) => {
	account.callback = null;
	account.pausedUntilMs = 0;
	return null;
};

const asynGetMsgVideo: Handler = ({ sim, me, body }) => {
	const name = `${String(body.wide('msgId'))}.mp4`;
	const job = startJob(sim, me, 'msgVideo', () => ({ url: sim.media.url('video', name) }));
	return { id: job.id };
};

const getMsgVideoRes: Handler = ({ world, body, account }) => {
	const job = world.jobs.get(body.text('id'));
	if (job?.kind !== 'msgVideo' || job.account !== account.account) throw new VendorFailure(FAILED);
	return jobAnswer(job);
};

export const incomingHandlers: Handlers = {
	'/setHttpCallbackUrl': setHttpCallbackUrl,
	'/cancelHttpCallbackUrl': cancelHttpCallbackUrl,
	'/getMsgImg': download('image', '.png'),
	'/getMsgVoice': download('voice', '.silk'),
	'/getMsgEmoji': download('emoji', '.gif'),
	'/getMsgFile': getMsgFile,
	'/asynGetMsgVideo': asynGetMsgVideo,
	'/getMsgVideoRes': getMsgVideoRes,
};
