import { chatInputOf } from '../../nodes/Eyun/callbacks/conversation/chatInput';
import { withoutMention } from '../../nodes/Eyun/callbacks/conversation/mention';
import { senderNameIn } from '../../nodes/Eyun/callbacks/conversation/senderName';
import type { ReceivedEvent } from '../../nodes/Eyun/callbacks/event';
import { readEvent } from '../../nodes/Eyun/callbacks/event';
import { KnownNames } from '../../nodes/Eyun/callbacks/conversation/knownNames';
import { EVENT_TYPES } from '../../nodes/Eyun/callbacks/events';
import { CONTENTS, FRIEND, GROUP, ME } from '../fixtures/content/load.cts';

/** What an AI agent needs: what was said, by whom, and which conversation it is. */

const GAP = '\u2005';

const eventOf = (messageType: string, data: object) =>
	readEvent(
		Buffer.from(JSON.stringify({ account: '187', wcId: ME, messageType, data })),
	) as ReceivedEvent;

const said = (messageType: string, data: object) => eventOf(messageType, data).complete().chatInput;

describe('the words of a message', () => {
	const own = { fromUser: FRIEND, toUser: ME };

	it.each([
		['60001', { ...own, content: 'hello' }, 'hello'],
		['60001', { ...own, content: ' ' }, '[Text]'],
		['60002', { ...own, content: CONTENTS.image }, '[Image]'],
		['60004', { ...own, voiceLength: 2_600, bufId: '1' }, '[Voice 3 s]'],
		['60004', { ...own, voiceLength: 20, bufId: '1' }, '[Voice 1 s]'],
		['60004', own, '[Voice]'],
		[
			'60007',
			{ ...own, title: 'News', url: 'https://example.com/a' },
			'[Link] News https://example.com/a',
		],
		['30001', { v1: 'v1_x', v2: 'v2_x', scene: 3, nickName: '小甲' }, '[Friend Request] 小甲'],
		['30000', { wId: 'w', reason: '你已退出微信' }, '[Account Went Offline] 你已退出微信'],
		['12345', { ...own, content: 'anything' }, '[unknown] anything'],
	])('%s %j: %s', (messageType, data, words) => {
		expect(said(messageType, data)).toBe(words);
	});

	it('tell of a quote what it quotes', () => {
		const words = said('60014', { ...own, content: CONTENTS.quoteText });
		expect(words).toMatch(/^> .+\n.+/);
		expect(said('60014', { ...own, content: CONTENTS.quoteFile })).toMatch(/^> .+\n.+/);
	});

	it('tell a chat record line by line', () => {
		expect(said('60011', { ...own, content: CONTENTS.chatRecord })).toMatch(
			/^\[Chat Record\] .+\n.+: /,
		);
	});

	it.each(EVENT_TYPES.map(({ messageType }) => messageType))(
		'are never empty: %s',
		(messageType) => {
			expect(said(messageType, {})).toMatch(/\S/);
			for (const content of Object.values(CONTENTS)) {
				const words = said(messageType, { ...own, content });
				expect(words).toMatch(/\S/);
				// What somebody typed stays as it is.
				if (!messageType.endsWith('0001')) expect(words).not.toContain('<msg');
			}
		},
	);
});

describe('a mention', () => {
	const mentioned = (...mentions: string[]) => ({ mentions, wcId: ME });

	it.each([
		[`@Bot${GAP}hello`, [ME], 'hello'],
		[`hello @Bot${GAP}`, [ME], 'hello'],
		[`@Bot hello there`, [ME], 'hello there'],
		[`@A b c${GAP}hello`, [ME], 'hello'],
		[`@所有人${GAP}hello`, ['notify@all'], 'hello'],
		[`@A${GAP}@Bot${GAP}hello`, [FRIEND, ME], `@A${GAP}hello`],
		[`@Bot${GAP}ask @A${GAP}`, [ME, FRIEND], `ask @A`],
		[`@A${GAP}hello`, [FRIEND], `@A${GAP}hello`],
		[`@Bot${GAP}`, [ME], `@Bot${GAP}`],
		[`mail me at a@b.c`, [], 'mail me at a@b.c'],
		[`hello @A and @Bot`, [FRIEND, ME], 'hello @A and @Bot'],
	])('%j by %j: %j', (text, mentions, rest) => {
		expect(withoutMention(text, mentioned(...mentions))).toBe(rest);
	});

	it('is taken out of what is said in a group', () => {
		const data = {
			fromUser: FRIEND,
			fromGroup: GROUP,
			toUser: ME,
			content: `@Bot${GAP}what time is it?`,
			atlist: [ME],
		};
		expect(said('80001', data)).toBe('what time is it?');
		expect(eventOf('80001', data).output.text).toBe(data.content);
	});
});

it.each([
	['小甲 : hello', 'hello', '小甲'],
	['a : b : hello', 'hello', 'a : b'],
	['小甲 : [图片]', null, '小甲'],
	['小甲：你好', '你好', '小甲'],
	['You have a message', 'hello', null],
	['hello', 'hello', null],
	['10:30 see you', null, null],
	['line\nbreak : x', null, null],
	[undefined, 'hello', null],
	[17, null, null],
])('the name in %j', (pushContent, text, name) => {
	expect(senderNameIn(pushContent, text)).toBe(name);
});

describe('names', () => {
	const data = { fromUser: FRIEND, toUser: ME, content: 'hello', pushContent: '小甲 : hello' };

	it('come from what is pushed, and are remembered', () => {
		const names = new KnownNames();
		expect(eventOf('60001', data).complete(names)).toMatchObject({
			senderName: '小甲',
			chatName: '小甲',
		});
		const picture = { fromUser: FRIEND, toUser: ME, content: CONTENTS.image };
		expect(eventOf('60002', picture).complete(names)).toMatchObject({ senderName: '小甲' });
		// What the owner writes goes to the same chat.
		const own = { fromUser: ME, toUser: FRIEND, content: 'x', self: true };
		expect(eventOf('60001', own).complete(names)).toMatchObject({
			senderName: null,
			chatName: '小甲',
		});
	});

	it('of groups come from their notices', () => {
		const names = new KnownNames();
		const renamed = { fromGroup: GROUP, content: '"小甲"修改群名为“客户群”' };
		eventOf('85005', renamed).complete(names);
		const inGroup = { ...data, fromGroup: GROUP };
		expect(eventOf('80001', inGroup).complete(names)).toMatchObject({
			senderName: '小甲',
			chatName: '客户群',
		});
	});

	it('of one account are not those of another', () => {
		const names = new KnownNames();
		eventOf('60001', data).complete(names);
		expect(names.get('wxid_other', FRIEND)).toBeUndefined();
		expect(names.get(ME, FRIEND)).toBe('小甲');
	});
});

describe('a session', () => {
	const inGroup = { fromUser: FRIEND, fromGroup: GROUP, toUser: ME, content: 'hello' };

	it('is account and chat', () => {
		expect(eventOf('80001', inGroup).complete().sessionId).toBe(`${ME}:${GROUP}`);
		expect(eventOf('60001', { fromUser: FRIEND, content: 'x' }).complete().sessionId).toBe(
			`${ME}:${FRIEND}`,
		);
	});

	it('is one for each member where asked for', () => {
		const of = (data: object) => eventOf('80001', data).complete(undefined, true).sessionId;
		expect(of(inGroup)).toBe(`${ME}:${GROUP}:${FRIEND}`);
		expect(eventOf('60001', { fromUser: FRIEND }).complete(undefined, true).sessionId).toBe(
			`${ME}:${FRIEND}`,
		);
	});

	it('is there for events without a chat', () => {
		expect(eventOf('30000', { wId: 'w' }).complete().sessionId).toBe(`${ME}:system.offline`);
	});
});

it('an event without anything but its name', () => {
	const nothing = { mentions: [], wcId: null, text: null, content: null, title: undefined };
	expect(chatInputOf({ ...nothing, event: 'unknown' })).toBe('[unknown]');
});
