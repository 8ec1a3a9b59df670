/** The option that brings the files of messages along. */
import { TriggerCase } from '../support/triggerCase.cts';

const all = TriggerCase.use();

async function firstItem(messageType: string, downloadMedia = true, more: object = {}) {
	const host = await all.host({ parameters: { options: { downloadMedia, ...more } } });
	await host.activate();
	await all.sim.control.push({ messageType });
	await host.idle();
	for (const { error } of host.executions) if (error) throw error;
	// A finished job of the vendor's is an event of its own.
	const items = host.executions.flatMap((execution) => execution.items);
	const item = items.find(({ json }) => json.messageType === messageType);
	if (item === undefined) throw new Error(`${messageType} did not come`);
	return { host, item };
}

it.each([
	['60002', 'image', /^image\//],
	['80004', 'voice', /^audio\//],
	['60006', 'emoji', /^image\//],
	['60003', 'video', /^video\//],
])('downloads the file of %s', async (messageType, kind, mimeType) => {
	const { item } = await firstItem(messageType);
	expect(item.json.media).toMatchObject({ kind, mimeType: expect.stringMatching(mimeType) });
	expect(item.json).toMatchObject({ messageType, content: { type: kind } });
	expect(item.binary?.data.mimeType).toMatch(mimeType);
	expect(item.binary?.data.bytes).toBeGreaterThan(0);
	expect(item.pairedItem).toEqual({ item: 0 });
});

it('adds nothing to a text', async () => {
	const { item } = await firstItem('60001');
	expect(item.binary).toBeUndefined();
	expect(item.json).not.toHaveProperty('media');
});

it('downloads nothing unless asked', async () => {
	const { item } = await firstItem('60002', false);
	expect(item.binary).toBeUndefined();
	expect(all.sim.control.requests('/getMsgImg')).toHaveLength(0);
});

it('passes a message on whose file cannot be had, with the reason', async () => {
	all.sim.control.fault({ kind: 'vendorFailure', path: '/getMsgImg', times: 99 });
	const { host, item } = await firstItem('60002');
	expect(item.binary).toBeUndefined();
	expect(item.json.media).toMatchObject({ kind: 'image', error: expect.stringMatching(/\w/) });
	expect(host.warnings.join()).toContain('could not be downloaded');
});

describe('a voice', () => {
	it('comes as WAV', async () => {
		const { item } = await firstItem('60004');
		expect(item.json.media).toMatchObject({
			kind: 'voice',
			fileName: expect.stringMatching(/^voice-\d+\.wav$/),
			mimeType: 'audio/wav',
		});
		expect(item.json.media).not.toHaveProperty('error');
		expect(item.binary?.data).toMatchObject({ mimeType: 'audio/wav', fileExtension: 'wav' });
	});

	it('comes as SILK where that is chosen', async () => {
		const { item } = await firstItem('60004', true, { voiceFormat: 'asReceived' });
		expect(item.binary?.data).toMatchObject({ mimeType: 'audio/silk', fileExtension: 'silk' });
	});

	it('comes as it is when it is damaged, with the reason', async () => {
		const url = `${all.sim.url}/_media/voice/1.silk?bytes=500`;
		const body = JSON.stringify({ code: '1000', message: '成功', data: { url } });
		all.sim.control.fault({ kind: 'answer', path: '/getMsgVoice', body });
		const { item } = await firstItem('60004');
		expect(item.json.media).toMatchObject({
			kind: 'voice',
			mimeType: 'audio/silk',
			bytes: 500,
			error: 'The voice could not be converted to WAV: it is damaged',
		});
		expect(item.binary?.data).toMatchObject({ mimeType: 'audio/silk' });
	});
});
