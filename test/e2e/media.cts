/** Files through a real n8n: served to the vendor under its signed addresses, kept in its own storage. */
import assert from 'node:assert/strict';
import axios from 'axios';
import type { StoredWorkflow } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import { activateFor, credentialFor, type OtherAccount } from './otherAccount.cts';
import { eyunNode, inARow, itemsOf, runOnce } from './workflows.cts';

const FILE = 'File';
const TRIGGER = 'Eyun WeChat Trigger';
const DOWNLOAD = 'Download Media';
const QR_CODE = 'Get QR Code';
const SEND = 'Send Image';
const POST = 'Post Video and Wait';

const PNG_BEGINNING = '89504e470d0a1a0a';

const OWN: OtherAccount = {
	account: '18700000001',
	wcId: 'wxid_mediahost000001',
	friend: 'wxid_mediafriend0001',
};

/** As the vendor fetches it: without cookies and tokens. */
async function fetched(url: string): Promise<Buffer> {
	const { data } = await axios.get<Buffer>(url, { proxy: false, responseType: 'arraybuffer' });
	return data;
}

export async function mediaChecks(checks: Checks, stack: Stack): Promise<void> {
	const { client, n8n, simulator } = stack;
	const { control, defaults, world } = simulator;
	const binaryField = (value: string) => ({ __rl: true, mode: 'binary', value });
	const address = (value: string) => ({ __rl: true, mode: 'url', value });
	const sendImage = (wId: string, wcId: string, field: string) =>
		eyunNode(stack, SEND, {
			resource: 'message',
			operation: 'sendImage',
			wId,
			wcId,
			content: binaryField(field),
		});

	/** The file behind the address in the last message, which is one of this n8n. */
	async function lastSent(): Promise<Buffer> {
		const message = control.messages().at(-1);
		assert.equal(message?.path, '/sendImage2');
		assert.ok(message.content.startsWith(`${n8n.url}/`), message.content);
		return await fetched(message.content);
	}

	await checks.run('an image of another node is sent: the vendor can fetch it', async () => {
		const url = `${simulator.url}/_media/image/holiday.jpg?bytes=70000`;
		const execution = await runOnce(stack, 'e2e-image', [
			{
				name: FILE,
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					url,
					options: {
						response: { response: { responseFormat: 'file', outputPropertyName: 'photo' } },
					},
				},
			},
			sendImage(defaults.wId, defaults.friend, 'photo'),
		]);
		assert.equal(itemsOf(execution, SEND).length, 1);
		assert.deepEqual(await lastSent(), await fetched(url));
	});

	/** Gives back what a friend sends: trigger, download, send. */
	async function startEcho(): Promise<StoredWorkflow> {
		const credentials = await credentialFor(stack, OWN);
		const nodes = [
			{
				...eyunNode(stack, TRIGGER, { events: ['60002'], options: {} }),
				type: 'n8n-nodes-eyun.eyunTrigger',
				typeVersion: 1.1,
				webhookId: 'e2e-echo',
			},
			eyunNode(stack, DOWNLOAD, { resource: 'incomingMessage', operation: 'downloadMedia' }),
			sendImage('={{ $json.wId }}', '={{ $json.chatId }}', 'data'),
		].map((node) => ({ ...node, credentials }));
		return await activateFor(stack, OWN, inARow('e2e-echo', nodes));
	}

	await checks.run('a received image is downloaded without the token, and sent back', async () => {
		const workflow = await startEcho();
		const before = control.media().length;
		const pushed = await control.push({ messageType: '60002', wcId: OWN.wcId });
		assert.ok(pushed.delivered, pushed.reason);
		const [{ id }] = await client.waitForExecutions(workflow.id, 1);
		await client.deactivateWorkflow(workflow.id);
		const [{ json, binary }] = itemsOf(await client.execution(id), DOWNLOAD);
		assert.equal(json.messageId, pushed.newMsgId);
		const { fileName, mimeType } = binary?.data ?? {};
		assert.deepEqual(
			{ fileName, mimeType },
			{ fileName: `image-${pushed.msgId}.png`, mimeType: 'image/png' },
		);
		const [download, ...others] = control.media().slice(before);
		assert.deepEqual(others, []);
		assert.equal(download.path, `/_media/image/${pushed.msgId}.png`);
		assert.equal(download.authorization, false);
		assert.equal(control.messages().at(-1)?.to, OWN.friend);
		assert.deepEqual(await lastSent(), await fetched(simulator.url + download.path));
	});

	await checks.run('a QR code comes as a picture, which can be sent on', async () => {
		const execution = await runOnce(stack, 'e2e-qr', [
			eyunNode(stack, QR_CODE, {
				resource: 'login',
				operation: 'getQrCode',
				wcId: '',
				deviceType: 'ipad',
				proxy: 16,
				options: { downloadPicture: true },
			}),
			sendImage(defaults.wId, defaults.friend, 'data'),
		]);
		const [{ json, binary }] = itemsOf(execution, QR_CODE);
		assert.equal(typeof json.wId, 'string');
		assert.equal(binary?.data.mimeType, 'image/png');
		const picture = await lastSent();
		assert.equal(picture.subarray(0, 8).toString('hex'), PNG_BEGINNING);
		assert.deepEqual(picture, await fetched(String(json.qrCodeUrl)));
	});

	await checks.run('a video moment is posted and waited for', async () => {
		control.clearRequests();
		const execution = await runOnce(stack, 'e2e-video', [
			eyunNode(stack, POST, {
				resource: 'moment',
				operation: 'postVideoAndWait',
				wId: defaults.wId,
				content: 'Look, a video',
				videoPath: address(`${simulator.url}/_media/video/film.mp4`),
				thumbPath: address(`${simulator.url}/_media/image/cover.jpg`),
				timeLimit: 60,
			}),
		]);
		const [{ json }] = itemsOf(execution, POST);
		const moment = world.moments.get(BigInt(String(json.id)));
		assert.equal(moment?.kind, 'video');
		assert.equal(moment.text, 'Look, a video');
		assert.equal(control.requests('/asynSnsSendVideo').length, 1);
		assert.ok(control.requests('/getAsynSnsSendVideoRes').length > 0);
	});
}
