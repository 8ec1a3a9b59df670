/** The examples in which a model answers: customers, groups, and with a colleague in between. */
import assert from 'node:assert/strict';
import { waitFor } from '../../../scripts/lib/wait.cts';
import type { Checks } from '../../frame/checks.cts';
import { alone, type Bench, chosen, Imported, type Sent } from './imported.cts';

const byChat = (a: Sent, b: Sent) => a.to.localeCompare(b.to);

export async function answerExamples(checks: Checks, bench: Bench): Promise<void> {
	const { control, defaults } = bench.stack.simulator;
	const { wcId, friend, friends, group } = defaults;
	const [, other, colleague] = friends;
	const say = async (text: string, from = friend, more: object = {}) =>
		assert.ok((await control.say({ from, text, ...more })).delivered, `"${text}"`);
	const text = (to: string, content: string): Sent => ({ path: '/sendText', to, content });

	await alone(checks, bench, 'examples/ai-customer-service.json', async () => {
		const service = await Imported.create(bench, 'ai-customer-service');
		await service.activate();
		await say('good evening', other);
		await control.repeat();
		// One after the other: both would log in, and the simulator lets the latest token live only.
		await service.succeeded(1);
		await say('hello');
		await control.push({ messageType: '60002', data: { fromUser: friend, toUser: wcId } });
		// Not for it: a group, a call, a pat, and an old message.
		await say('hello all', friend, { group });
		await control.push({ messageType: '60012', data: { fromUser: friend } });
		await control.push({ messageType: '60019', data: { fromUser: friend } });
		await control.push({ messageType: '60001', data: { timestamp: 1_700_000_000 } });
		await service.succeeded(2);
		assert.deepEqual(bench.sent().sort(byChat), [
			text(other, 'A1: good evening'),
			text(friend, 'A1: hello\n[Image]'),
		]);
		// The owner answers one customer: that chat is left alone, the other one is not.
		await say('what does it cost?');
		await say('I tell you', wcId, { to: friend });
		await say('thanks');
		await say('and me?', other);
		await service.succeeded(3);
		assert.deepEqual(bench.sent(), [text(other, 'A2: and me?')]);
		await service.deactivate();
	});

	await alone(checks, bench, 'examples/ai-in-groups.json', async () => {
		const assistant = await Imported.create(bench, 'ai-in-groups');
		await assistant.activate();
		await say('@模拟小助手\u2005how late is it?', friend, { group, at: [wcId] });
		// Not for it: nobody mentioned, everybody mentioned, another member mentioned, a private chat.
		await say('just talking', other, { group });
		await say('@所有人 lunch', other, { group, at: ['notify@all'] });
		await say('@小明\u2005you', other, { group, at: [friend] });
		await say('hello', other);
		await assistant.succeeded(1);
		assert.deepEqual(bench.sent(), [text(group, '@小明\u2005A1: 小明 asks: how late is it?')]);
		const quote = { fromGroup: group, fromUser: other, toUser: wcId, atlist: [wcId] };
		await control.push({ messageType: '80014', data: quote });
		await assistant.succeeded(2);
		const [answer, ...more] = bench.sent();
		assert.deepEqual(more, []);
		assert.equal(answer.to, group);
		assert.match(answer.content, /<title>A2: 李华 asks: [^<]*引用<\/title>/);
		assert.match(answer.content, /<refermsg>/);
		await assistant.deactivate();
	});

	await alone(checks, bench, 'examples/reviewed-answers.json', async () => {
		const unset = await Imported.create(bench, 'reviewed-answers');
		await unset.lacks(/Ask Colleague.*required parameters: wcId/s);

		const reviewed = await Imported.create(bench, 'reviewed-answers', {
			'Ask Colleague': { wcId: chosen(colleague) },
		});
		await reviewed.activate();
		const asked = async (what: string) =>
			await waitFor(() => control.messages().find(({ content }) => content.includes(what)), {
				what: `the question about "${what}"`,
				timeoutMs: 30_000,
			});
		await say('do you deliver?');
		const [draft] = await Promise.all([asked('do you deliver?')]);
		assert.equal(draft.to, colleague);
		await say('1', colleague);
		await reviewed.succeeded(1);
		const [question, answer, ...rest] = bench.sent();
		assert.deepEqual(rest, []);
		assert.equal(
			question.content,
			'小明 writes:\ndo you deliver?\n\nDraft of the answer:\nA1: do you deliver?\n\nReply 1 to send the draft, 2 to write the answer yourself.',
		);
		assert.deepEqual(answer, text(friend, 'A1: do you deliver?'));

		await say('for free?', other);
		await asked('for free?');
		await say('2', colleague);
		await asked('What shall 李华 get as the answer?');
		await say('Only above *99* yuan', colleague);
		await reviewed.succeeded(2);
		assert.deepEqual(bench.sent().slice(2), [text(other, 'Only above *99* yuan')]);

		// What the colleague writes besides is no question of a customer.
		await say('lunch?', colleague);
		await reviewed.succeeded(3);
		assert.deepEqual(bench.sent(), []);
		await reviewed.deactivate();
	});
}
