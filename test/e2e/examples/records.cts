/** The examples that keep what comes: payments in a table, files on the disk. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Checks } from '../../frame/checks.cts';
import { alone, type Bench, failureOf, Imported } from './imported.cts';

/** Where the example of the file archive may write, in n8n's data folder: n8n is told so when it starts. */
export const archiveIn = (userFolder: string) => join(userFolder, 'archive');

export async function recordExamples(checks: Checks, bench: Bench): Promise<void> {
	const { client, simulator } = bench.stack;
	const { control, defaults } = simulator;
	const { wcId, friend, group } = defaults;

	await alone(checks, bench, 'examples/payments-to-table.json', async () => {
		const payments = await Imported.create(bench, 'payments-to-table');
		await payments.activate();
		const transfer = async (data: object) =>
			assert.ok(
				(await control.push({ messageType: '60015', data: { fromUser: friend, ...data } }))
					.delivered,
			);
		await transfer({});
		await control.repeat();
		await payments.succeeded(1);
		await control.push({ messageType: '60016', data: { fromUser: friend } });
		await payments.succeeded(2);
		// Not for it: a text, and a transfer that the owner makes.
		await control.say({ from: friend, text: 'did you get it?' });
		await transfer({
			fromUser: wcId,
			toUser: friend,
			self: true,
			content: transferXml(1, '9', friend),
		});
		await payments.succeeded(3);
		// The owner accepts on the phone.
		await transfer({
			fromUser: wcId,
			toUser: friend,
			self: true,
			content: transferXml(3, '1000050001202401120020624149917', wcId),
		});
		await payments.succeeded(4);
		const rows = await client.tableRows('WeChat payments');
		assert.deepEqual(
			rows.map(({ kind, amount, cents, status, fromId, fromName }) => [
				kind,
				amount,
				cents,
				status,
				fromId,
				fromName,
			]),
			[
				['transfer', '￥1,234.50', 123_450, 'received', friend, '小明'],
				['red packet', '', null, 'received', friend, '小明'],
			],
		);
		assert.deepEqual(bench.sent(), []);
		await payments.deactivate();
	});

	await alone(checks, bench, 'examples/file-archive.json', async () => {
		const folder = archiveIn(dirname(bench.stack.n8n.logFile));
		mkdirSync(folder, { recursive: true });
		const archive = await Imported.create(bench, 'file-archive', { Folder: { folder } });
		await archive.activate();
		const file = { fromUser: friend, toUser: wcId };
		await control.push({ messageType: '60009', data: file });
		await control.repeat();
		await archive.succeeded(1);
		await control.push({ messageType: '80009', data: { ...file, fromGroup: group } });
		await archive.succeeded(2);
		// Announced, and not there yet; a picture is no file.
		await control.push({ messageType: '60008', data: file });
		await control.push({ messageType: '60002', data: file });
		await archive.succeeded(3);
		const rows = await client.tableRows('WeChat files');
		assert.deepEqual(
			rows.map(({ name, sender, chatId }) => [name, sender, chatId]),
			[
				['report.pdf', '小明', friend],
				['report.pdf', '小明', group],
			],
		);
		const saved = readdirSync(folder);
		assert.deepEqual(
			saved.sort(),
			rows.map(({ path }) => String(path).slice(folder.length + 1)).sort(),
		);
		for (const name of saved) {
			assert.match(name, /^\d{4}-\d\d-\d\d \d{6} 小明 \d+ .*report\.pdf$/);
			assert.ok(statSync(`${folder}/${name}`).size > 0);
		}
		// A file whose name leads out of the folder stays in it; one that Eyun cannot give fails.
		await control.push({
			messageType: '60009',
			data: { ...file, content: fileXml('../../../escaped.pdf') },
		});
		await archive.succeeded(4);
		assert.equal(readdirSync(folder).filter((name) => name.includes('escaped')).length, 1);
		control.fault({ kind: 'http401', path: '/getMsgFile', times: 0 });
		await control.push({ messageType: '60009', data: file });
		const failed = (await archive.executions(5)).at(-1);
		assert.ok(failed);
		control.clearFaults();
		assert.match(failureOf(failed), /"report\.pdf" of 小明 could not be downloaded: ./);
		await archive.deactivate();
	});
}

/** A transfer in the state of WeChat's number: 1 waits, 3 is accepted. */
function transferXml(state: number, id: string, receiver: string): string {
	return (
		'<msg><appmsg appid="" sdkver="0"><title>微信转账</title><type>2000</type><wcpayinfo>' +
		`<paysubtype>${state}</paysubtype><feedesc><![CDATA[￥1,234.50]]></feedesc><transferid><![CDATA[${id}]]></transferid>` +
		`<receiver_username><![CDATA[${receiver}]]></receiver_username></wcpayinfo></appmsg></msg>`
	);
}

function fileXml(name: string): string {
	return (
		`<msg><appmsg appid="" sdkver="0"><title>${name}</title><type>6</type>` +
		'<appattach><totallen>8939</totallen><fileext>pdf</fileext><attachid>@cdn_1</attachid></appattach></appmsg></msg>'
	);
}
